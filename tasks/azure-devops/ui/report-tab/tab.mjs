// The tab of a run that shows the reports of its stages. A report is somebody else's text: it is shown in a frame that
// may do nothing, and never becomes part of this page.
import * as host from './sdk/SDK.min.js';

const type = 'mlops-report';
const apiVersion = '7.1';
const mostCharacters = 20_000_000;

// Nothing is loaded and nothing runs: with the frame's empty sandbox the second of two locks.
const lock = '<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data:">';

const element = id => document.getElementById(id);

function say(text) {
  element('message').textContent = text;
  element('message').hidden = text === '';
}

// Only for the service itself: the address of an attachment comes from its answer.
async function get(address, service, token) {
  const url = new URL(address);
  if (url.origin !== new URL(service).origin) {
    throw new Error(`A report lies on another server than ${new URL(service).host}, where the token must not go.`);
  }
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, redirect: 'error', referrerPolicy: 'no-referrer' });
  if (!answer.ok) {
    throw new Error(`Azure DevOps answered ${answer.status}.`);
  }
  return answer;
}

function frame(name, text) {
  const result = document.createElement('iframe');
  result.setAttribute('sandbox', '');
  result.title = `Report ${name}`;
  result.referrerPolicy = 'no-referrer';
  result.srcdoc = lock + text;
  return result;
}

async function show(report, service) {
  for (const button of element('reports').children) {
    button.setAttribute('aria-selected', String(button.dataset.name === report.name));
  }
  say(`Loading ${report.name}.`);
  element('report').replaceChildren();
  const text = await (await get(report._links.self.href, service, await host.getAccessToken())).text();
  if (text.length > mostCharacters) {
    throw new Error('This report is too long to be shown here.');
  }
  element('report').replaceChildren(frame(report.name, text));
  element('report').hidden = false;
  say('');
}

function button(report, service) {
  const result = document.createElement('button');
  result.type = 'button';
  result.setAttribute('role', 'tab');
  result.setAttribute('aria-controls', 'report');
  result.dataset.name = report.name;
  result.textContent = report.name;
  result.addEventListener('click', () => show(report, service).catch(error => say(error.message)));
  return result;
}

async function list(build) {
  const locations = await host.getService('ms.vss-features.location-service');
  const service = await locations.getServiceLocation();
  const project = build.project?.id ?? host.getWebContext().project.id;
  const address = new URL(`${encodeURIComponent(project)}/_apis/build/builds/${encodeURIComponent(build.id)}/attachments/${type}?api-version=${apiVersion}`, service);
  const answer = await (await get(address, service, await host.getAccessToken())).json();
  const reports = (answer.value ?? []).filter(report => typeof report.name === 'string' && typeof report._links?.self?.href === 'string')
    .sort((one, other) => one.name < other.name ? -1 : 1);
  element('reports').replaceChildren(...reports.map(report => button(report, service)));
  element('reports').hidden = reports.length < 2;
  if (reports.length === 0) {
    element('report').hidden = true;
    say('This run has no report yet: a step `MlOpsBuild@1` with the command pr, gate, report or release makes one.');
    return;
  }
  await show(reports[0], service);
}

await host.init({ loaded: false, applyTheme: true });
host.getConfiguration().onBuildChanged(build => list(build).catch(error => say(error.message)));
await host.notifyLoadSucceeded();
