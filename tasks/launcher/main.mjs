// Starts the engine of MlOps.Build on GitHub and Azure DevOps. Plain ESM, no dependency, Node 20 syntax:
// what runs is what is read here.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import os from 'node:os';
import path from 'node:path';
import { zones } from './commands.mjs';

// Azure DevOps hands these to every task; a program started here, or a trainer below it, must not see them.
const secretPrefixes = ['ENDPOINT_AUTH_', 'SECUREFILE_TICKET_', 'SECRET_', 'VSTS_TASKVARIABLE_'];

// What speaks for the job. An engine that a pull request chose gets none of it.
const tokens = ['GITHUB_TOKEN', 'GH_TOKEN', 'INPUT_GITHUB-TOKEN', 'SYSTEM_ACCESSTOKEN', 'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_URL'];

const disk = { exists: existsSync, read: file => readFileSync(file, 'utf8'), join: path.join };

export class LaunchProblem extends Error {
  constructor(id, what, why, fix, exitCode) {
    super(what);
    Object.assign(this, { id, why, fix, exitCode });
  }
}

// GitHub keeps the hyphens of a name, Azure DevOps has names without any: one with hyphens is there a variable of somebody else.
export function input(env, name) {
  const upper = name.toUpperCase();
  const isAzure = env.TF_BUILD && upper.includes('-');
  return ((isAzure ? undefined : env[`INPUT_${upper}`]) ?? env[`INPUT_${upper.replaceAll('-', '')}`] ?? '').trim();
}

export function platformOf(platform, arch) {
  const names = { linux: 'linux', win32: 'win', darwin: 'osx' };
  return `${names[platform] ?? platform}-${arch}`;
}

// The engine reads the other inputs itself, from the same variables: no value passes a command line.
export function commandOf(env, fixed) {
  const command = fixed || input(env, 'command') || 'pr';
  if (!Object.hasOwn(zones, command)) {
    throw new LaunchProblem('MLO2908', `'${command}' is not a command.`, `Known are: ${Object.keys(zones).join(', ')}.`, 'Correct the input `command`.', 2);
  }
  return command;
}

// Why this job may hold rights that code of a pull request must not get; null where it is known to hold none.
export function privilegedBecause(env, command) {
  if (!['untrusted', 'any'].includes(zones[command])) {
    return `\`${command}\` belongs into a job with rights.`;
  }
  if (env.GITHUB_ACTIONS === 'true') {
    return env.GITHUB_EVENT_NAME !== 'pull_request' ? `The event is '${env.GITHUB_EVENT_NAME}'.`
      : env.ACTIONS_ID_TOKEN_REQUEST_URL || env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ? 'The job may ask for an identity token (`id-token: write`).'
        : null;
  }
  if ((env.TF_BUILD ?? '').toLowerCase() === 'true') {
    const secret = Object.keys(env).find(name => isSecret(name) && !name.toUpperCase().includes('SYSTEMVSSCONNECTION'));
    return env.BUILD_REASON !== 'PullRequest' ? `The reason of the run is '${env.BUILD_REASON}'.`
      : secret ? `The job holds a secret ('${secret}').`
        : null;
  }
  return 'No build server says what this job is.';
}

function onServer(env) {
  return [env.GITHUB_ACTIONS, env.TF_BUILD].some(value => (value ?? '').toLowerCase() === 'true');
}

// Which program is started, and where it comes from.
export function locate(env, launcherFolder, platform, command, files = disk) {
  // On a build server a step before this one may set a variable, and that step may be code of a pull request.
  const named = input(env, 'engine-path') || (onServer(env) ? '' : (env.MLOPS_ENGINE ?? '').trim());
  const tool = input(env, 'tool') || 'bundled';
  if (named) {
    return { kind: 'folder', folder: present(named, 'The folder does not hold mlops.dll.', files), reason: 'named by engine-path or MLOPS_ENGINE' };
  }
  switch (tool) {
    case 'bundled':
      return {
        kind: 'folder', reason: 'bundled with this version',
        folder: present(files.join(launcherFolder, '..', 'engine', platform), `This version bundles no engine for ${platform}.`, files),
      };
    case 'manifest':
      return fromManifest(env, command, files);
    case 'nuget':
      return fromFeed(env, launcherFolder, files);
    default:
      throw new LaunchProblem('MLO2905', "The input 'tool' cannot be used.", `'${tool}' is none of bundled, manifest, nuget.`, 'Correct the input `tool`.', 2);
  }
}

function present(folder, why, files) {
  if (!files.exists(files.join(folder, 'mlops.dll'))) {
    throw new LaunchProblem('MLO2902', `There is no engine in '${folder}'.`, why,
      'Use a released version of the action, or publish MlOps.Build.Tool yourself and name its folder with engine-path.', 3);
  }
  return folder;
}

function fromManifest(env, command, files) {
  const because = privilegedBecause(env, command);
  if (because) {
    throw new LaunchProblem('MLO2906', 'The tool manifest does not choose the engine in this job.',
      `${because} Whoever may change a file of the repository would choose what runs here.`,
      'Leave `tool` out, or use `tool: nuget` with a feed.', 5);
  }
  // SDK 10 writes the second one.
  const manifest = [files.join('.config', 'dotnet-tools.json'), 'dotnet-tools.json'].find(file => files.exists(file));
  let version;
  try {
    version = manifest && JSON.parse(files.read(manifest).replace(/^\uFEFF/, '')).tools?.['mlops.build.tool']?.version;
  } catch {
    version = undefined;
  }
  if (!version) {
    throw new LaunchProblem('MLO2907', 'The tool manifest names no engine.',
      manifest ? `'${manifest}' has no mlops.build.tool.` : 'There is neither .config/dotnet-tools.json nor dotnet-tools.json in the working directory.',
      '`dotnet tool install MlOps.Build.Tool` in the root of the repository writes one.', 2);
  }
  return { kind: 'manifest', manifest, feed: input(env, 'feed'), reason: `mlops.build.tool ${version} of '${manifest}', with no token of the job in its environment` };
}

function fromFeed(env, launcherFolder, files) {
  const feed = input(env, 'feed');
  const file = files.join(launcherFolder, '..', 'engine', 'version.txt');
  if (!feed || !files.exists(file)) {
    throw new LaunchProblem('MLO2907', 'The package of the engine cannot be named exactly.',
      feed ? `'${file}' is missing: this copy was not released.` : 'The input `feed` is empty, and other sources could hold a package of the same name.',
      feed ? 'Use a released version of the action.' : 'Give the folder, the address or the nuget.config of your feed as `feed`.', 2);
  }
  const version = files.read(file).trim();
  return { kind: 'nuget', version, feed, reason: `MlOps.Build.Tool ${version} from '${feed}'` };
}

export async function verifyEngine(folder) {
  const list = path.join(folder, 'engine.sha256');
  if (!existsSync(list)) {
    throw new LaunchProblem('MLO2902', `'${list}' is missing.`, 'An engine is only started when its files are the ones that were released.',
      'Copy the whole engine folder.', 5);
  }
  const lines = readFileSync(list, 'utf8').split(/\r?\n/).filter(Boolean);
  if (!lines.some(line => line.endsWith('  mlops.dll'))) {
    throw new LaunchProblem('MLO2902', `'${list}' does not name mlops.dll.`, 'A list that names nothing verifies nothing.',
      'Copy the whole engine folder again.', 5);
  }
  await Promise.all(lines.map(async line => {
    const [expected, ...rest] = line.split('  ');
    const file = path.join(folder, rest.join('  '));
    if (!existsSync(file) || await digestOf(file) !== expected) {
      throw new LaunchProblem('MLO2902', `'${file}' is not the file that was released.`, 'Its digest differs from engine.sha256, or it is missing.',
        'Copy the engine folder again, or use a released version of the action.', 5);
    }
  }));
}

function digestOf(file) {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    createReadStream(file, { highWaterMark: 1 << 20 }).on('data', chunk => hash.update(chunk)).on('end', () => resolve(hash.digest('hex'))).on('error', reject);
  });
}

function isSecret(name) {
  return secretPrefixes.some(prefix => name.toUpperCase().startsWith(prefix));
}

// The engine comments with the job's token; trainers get neither it nor the rest, the engine sees to that.
export function childEnvironment(env, isTrusted = true) {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !isSecret(name) && (isTrusted || !tokens.includes(name.toUpperCase()))));
  // Where dotnet is a script (asdf, mise), its shell drops variables with hyphens: the engine reads them without, too.
  for (const name of Object.keys(kept).filter(name => name.startsWith('INPUT_') && name.includes('-'))) {
    if (env.TF_BUILD) {
      delete kept[name];
    } else {
      kept[name.replaceAll('-', '')] ??= kept[name];
    }
  }
  const token = isTrusted ? jobToken(env) : undefined;
  // Where there are no signals (Windows), and where this process is killed, the engine hears of it by the end of its stdin.
  return { ...kept, ...(token && !kept.SYSTEM_ACCESSTOKEN ? { SYSTEM_ACCESSTOKEN: token } : {}), MLOPS_CANCEL_WITH_STDIN: '1' };
}

function jobToken(env) {
  try {
    return JSON.parse(env.ENDPOINT_AUTH_SYSTEMVSSCONNECTION ?? '{}').parameters?.AccessToken;
  } catch {
    return undefined;
  }
}

// A source replaces all others by a configuration of its own: `restore` knows only additional ones.
function configurationOf(feed) {
  if (feed.toLowerCase().endsWith('.config')) {
    return feed;
  }
  const source = /^https?:/i.test(feed) ? feed : path.resolve(feed);
  const text = source.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const file = path.join(mkdtempSync(path.join(process.env.RUNNER_TEMP || process.env.AGENT_TEMPDIRECTORY || os.tmpdir(), 'mlops-')), 'nuget.config');
  writeFileSync(file, `<configuration><packageSources><clear /><add key="feed" value="${text}" /></packageSources></configuration>\n`);
  return file;
}

function run(words, env) {
  return new Promise((resolve, reject) => {
    const child = spawn('dotnet', words, { shell: false, stdio: ['pipe', 'inherit', 'inherit'], env });
    // Without a listener this signal opens a debugger of node, to which everything of this user may connect.
    process.on('SIGUSR1', () => { /* nothing */ });
    const stop = signal => process.platform === 'win32' ? child.stdin.end() : child.kill(signal);
    process.on('SIGINT', stop).on('SIGTERM', stop);
    child.stdin.on('error', () => { /* it ended first */ });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve(signal ? 130 : code);
    });
  });
}

async function start(engine, command, env) {
  if (engine.kind === 'manifest') {
    const alone = childEnvironment(env, false);
    const restored = await run(['tool', 'restore', '--tool-manifest', engine.manifest, ...(engine.feed ? ['--configfile', configurationOf(engine.feed)] : [])], alone);
    return restored || await run(['tool', 'run', 'mlops', '--', 'ci', command], alone);
  }
  if (engine.kind === 'nuget') {
    return await run(['tool', 'exec', `MlOps.Build.Tool@${engine.version}`, '--configfile', configurationOf(engine.feed), '--yes', '--', 'ci', command], childEnvironment(env));
  }
  await verifyEngine(engine.folder);
  return await run([path.join(engine.folder, 'mlops.dll'), 'ci', command], childEnvironment(env));
}

// Text of others in a line of the log: no command to the host may begin in it.
export function plain(text) {
  return text.replace(/[\r\n]+/g, ' ').replaceAll('##', '#\u200b#').replaceAll('::', ':\u200b:');
}

function tell(problem, env) {
  console.error(`error ${problem.id}: ${plain(problem.message)}\n  ${plain(problem.why)}\n  fix: ${plain(problem.fix)}`);
  const line = plain(`${problem.message} ${problem.fix}`).replaceAll('%', '%25');
  if (env.GITHUB_ACTIONS === 'true') {
    console.log(`::error title=${problem.id}::${line}`);
  } else if (env.TF_BUILD) {
    console.log(`##vso[task.logissue type=error;code=${problem.id}]${line}`);
  }
  return problem.exitCode;
}

const noDotnet = why => new LaunchProblem('MLO2901', "'dotnet' was not found on this machine, or it is too old.", why,
  'add `actions/setup-dotnet` (GitHub) or `UseDotNet@2` (Azure DevOps) with version 10 before this step.', 3);

export async function launch(env, fixedCommand) {
  try {
    const command = commandOf(env, fixedCommand);
    const engine = locate(env, path.dirname(fileURLToPath(import.meta.url)), platformOf(process.platform, process.arch), command);
    console.log(`MlOps.Build: engine ${plain(engine.folder ? `'${engine.folder}' (${engine.reason})` : engine.reason)}`);
    const code = await start(engine, command, env);
    // The host of .NET says so where there is no runtime that fits.
    return [150, 2147516566].includes(code) ? tell(noDotnet('There is no .NET 10 runtime; what there is stands above.'), env) : code;
  } catch (problem) {
    if (problem.code === 'ENOENT' && problem.syscall?.startsWith('spawn')) {
      return tell(noDotnet('The engine needs the .NET 10 runtime.'), env);
    }
    if (problem instanceof LaunchProblem) {
      return tell(problem, env);
    }
    throw problem;
  }
}

// A runner's folders may be links: compared as they are, the launcher would end green without having run.
if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  process.exitCode = await launch(process.env);
}
