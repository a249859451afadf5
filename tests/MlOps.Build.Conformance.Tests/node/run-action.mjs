// node run-action.mjs ACTION_FOLDER STEP.json
// Runs a JavaScript action as the hosted runner does: defaults through GitHub's own expression evaluator, INPUT_*, the GITHUB_*
// variables and files, `node <main>`. A line `terminate` or `kill` on stdin does that to the action. What it did is JSON on stdout.
import { Evaluator, Lexer, Parser, data } from '@actions/expressions';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import fs from 'node:fs';
import path from 'node:path';
import YAML from 'yaml';

const [folder, stepFile] = process.argv.slice(2);
const step = JSON.parse(fs.readFileSync(stepFile, 'utf8'));
const action = YAML.parse(fs.readFileSync(path.join(folder, 'action.yml'), 'utf8'));
if (!/^node\d+$/.test(action.runs.using)) {
  throw new Error(`only JavaScript actions, not ${action.runs.using}`);
}

const context = {
  github: { ...step.github, event: step.event, workspace: step.workspace, token: step.token },
  runner: { os: 'Linux', arch: 'X64', temp: step.temp },
  env: step.env,
};

function toData(value) {
  return value === null || value === undefined ? new data.Null()
    : typeof value === 'string' ? new data.StringData(value)
      : typeof value === 'number' ? new data.NumberData(value)
        : typeof value === 'boolean' ? new data.BooleanData(value)
          : Array.isArray(value) ? new data.Array(...value.map(toData))
            : new data.Dictionary(...Object.entries(value).map(([key, inner]) => ({ key, value: toData(inner) })));
}

function evaluate(text) {
  const tree = new Parser(new Lexer(text).lex().tokens, Object.keys(context), []).parse();
  return new Evaluator(tree, toData(context)).evaluate().coerceString();
}

const interpolate = text => String(text ?? '').replace(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g, (_, expression) => evaluate(expression.trim()));

function inputs() {
  const unknown = Object.keys(step.with).filter(name => !(name in action.inputs));
  if (unknown.length > 0) {
    throw new Error(`Unexpected input(s) '${unknown.join("', '")}'`);
  }
  return Object.fromEntries(Object.entries(action.inputs).map(([name, declared]) =>
    [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, step.with[name] ?? interpolate(declared?.default)]));
}

function file(name, text = '') {
  const target = path.join(step.temp, `${name}_${randomUUID()}`);
  fs.writeFileSync(target, text);
  return target;
}

// The runner refuses a file that does not hold its format, and so does this.
function pairs(target) {
  const found = {};
  const lines = fs.readFileSync(target, 'utf8').split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    const equals = line.indexOf('=');
    const block = line.match(/^([^=]+?)<<(.+)$/);
    if (block && (equals < 0 || line.indexOf('<<') < equals)) {
      const end = lines.indexOf(block[2], at + 1);
      if (end < 0) {
        throw new Error(`Invalid value. Matching delimiter not found '${block[2]}'`);
      }
      found[block[1]] = lines.slice(at + 1, end).join('\n');
      at = end;
    } else if (equals > 0) {
      found[line.slice(0, equals)] = line.slice(equals + 1);
    } else if (line) {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return found;
}

const unescape = text => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');

function commands(output) {
  return output.split(/\r?\n/).map(line => line.match(/^\s*::([\w-]+)(?: (.*?))?::(.*)$/)).filter(Boolean).map(([, name, properties, message]) => ({
    name,
    properties: Object.fromEntries((properties ?? '').split(',').filter(Boolean).map(pair => [pair.split('=')[0].trim(), unescape(pair.slice(pair.indexOf('=') + 1))])),
    message: unescape(message),
  }));
}

const files = { output: file('output'), summary: file('summary'), env: file('env'), path: file('path'), state: file('state') };
const kept = Object.fromEntries(['PATH', 'HOME', 'LANG', 'DOTNET_ROOT', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE', 'LOCALAPPDATA', 'ProgramFiles']
  .filter(name => process.env[name] !== undefined).map(name => [name, process.env[name]]));
const variables = Object.fromEntries(Object.entries(step.github).map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)]));
const env = {
  ...kept, CI: 'true', GITHUB_ACTIONS: 'true', ...variables, GITHUB_WORKSPACE: step.workspace, GITHUB_EVENT_PATH: file('event', JSON.stringify(step.event)),
  GITHUB_OUTPUT: files.output, GITHUB_STEP_SUMMARY: files.summary, GITHUB_ENV: files.env, GITHUB_PATH: files.path, GITHUB_STATE: files.state,
  RUNNER_OS: 'Linux', RUNNER_ARCH: 'X64', RUNNER_TEMP: step.temp, RUNNER_TOOL_CACHE: step.temp, ...step.env, ...inputs(),
};

const child = spawn(process.execPath, [path.join(folder, action.runs.main)], { cwd: step.workspace, env, stdio: ['ignore', 'pipe', 'pipe'] });
const texts = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr']) {
  child[name].setEncoding('utf8').on('data', text => { texts[name] += text; });
}
createInterface({ input: process.stdin }).on('line', line => child.kill(line === 'kill' ? 'SIGKILL' : 'SIGTERM'));

// `close` comes when the last process that holds its streams has ended: after the engine, not only after the launcher.
child.on('close', (exit, signal) => {
  const said = commands(texts.stdout);
  const result = {
    exit: exit ?? -1, signal, ...texts, env: pairs(files.env), paths: fs.readFileSync(files.path, 'utf8'), summary: fs.readFileSync(files.summary, 'utf8'),
    outputs: pairs(files.output), undeclared: Object.keys(pairs(files.output)).filter(name => !(name in action.outputs)),
    annotations: said.filter(one => ['error', 'warning', 'notice'].includes(one.name)), masks: said.filter(one => one.name === 'add-mask').map(one => one.message),
  };
  process.stdout.write(JSON.stringify(result), () => process.exit(0));
});
