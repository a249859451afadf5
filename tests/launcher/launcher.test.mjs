import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment, commandOf, input, locate, plain, platformOf, privilegedBecause, verifyEngine } from '../../tasks/launcher/main.mjs';
import { zones } from '../../tasks/launcher/commands.mjs';

const launcher = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../tasks/launcher/main.mjs');

// A folder with a space and a letter outside ASCII, as users have them.
function folder(t) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'mlops launcher ü '));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

function engine(root, content = 'engine') {
  mkdirSync(root, { recursive: true });
  writeFileSync(path.join(root, 'mlops.dll'), content);
  writeFileSync(path.join(root, 'engine.sha256'), `${createHash('sha256').update(content).digest('hex')}  mlops.dll\n`);
  return root;
}

// A stand-in for dotnet that prints what it was given.
function fakeDotnet(root, script) {
  const bin = path.join(root, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'dotnet'), `#!${process.execPath}\n${script}`);
  chmodSync(path.join(bin, 'dotnet'), 0o755);
  return bin;
}

const posix = { skip: process.platform === 'win32' };
const pullRequest = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request' };
const azurePullRequest = { TF_BUILD: 'True', BUILD_REASON: 'PullRequest' };
const echo = 'console.log(JSON.stringify({ words: process.argv.slice(2), env: process.env }));';

// A launcher with its neighbours, as a released action has them.
function action(root) {
  cpSync(path.dirname(launcher), path.join(root, 'tasks/launcher'), { recursive: true });
  engine(path.join(root, 'tasks', 'engine', platformOf(process.platform, process.arch)));
  writeFileSync(path.join(root, 'tasks/engine/version.txt'), '1.4.2\n');
  return path.join(root, 'tasks/launcher/main.mjs');
}

function run(main, env, cwd) {
  const result = spawnSync(process.execPath, [main], { env, cwd, encoding: 'utf8' });
  const calls = result.stdout.split('\n').filter(line => line.startsWith('{')).map(line => JSON.parse(line));
  return { ...result, calls };
}

// A disk of another system: what exists is what is named.
const disk = (paths, ...files) => ({ exists: file => files.includes(file), read: () => '1.4.2\n', join: paths.join });

test('inputs are read as GitHub and as Azure DevOps write them', () => {
  assert.equal(input({ 'INPUT_ENGINE-PATH': ' /x ' }, 'engine-path'), '/x');
  assert.equal(input({ INPUT_ENGINEPATH: '/y' }, 'engine-path'), '/y');
  assert.equal(input({ TF_BUILD: 'True', 'INPUT_ENGINE-PATH': '/x', INPUT_ENGINEPATH: '/y' }, 'engine-path'), '/y');
  assert.equal(input({ TF_BUILD: 'True', 'INPUT_ENGINE-PATH': '/x' }, 'engine-path'), '');
  assert.deepEqual(Object.keys(childEnvironment({ TF_BUILD: 'True', 'INPUT_LOCK-FILE': '/x' })).filter(name => name.startsWith('INPUT_')), []);
  assert.equal(input({}, 'engine-path'), '');
});

test('the platform folder is named as .NET names it', () => {
  assert.equal(platformOf('win32', 'x64'), 'win-x64');
  assert.equal(platformOf('linux', 'arm64'), 'linux-arm64');
  assert.equal(platformOf('darwin', 'arm64'), 'osx-arm64');
});

test('the command is that of the action, of the input, or pr', () => {
  assert.equal(commandOf({}), 'pr');
  assert.equal(commandOf({ INPUT_COMMAND: 'gate' }), 'gate');
  assert.equal(commandOf({ INPUT_COMMAND: 'gate' }, 'deploy'), 'deploy');
});

for (const word of ['prr', 'monitor', 'constructor', '__proto__', 'pr; rm -rf /']) {
  test(`'${word}' is refused before anything starts`, () => {
    assert.throws(() => commandOf({ INPUT_COMMAND: word }), { id: 'MLO2908', exitCode: 2 });
  });
}

test('an explicit engine wins, the input over the variable, over any tool', () => {
  const files = disk(path.posix, '/a b/mlops.dll', '/v/mlops.dll');
  const env = { 'INPUT_ENGINE-PATH': '/a b', MLOPS_ENGINE: '/v', INPUT_TOOL: 'manifest' };
  assert.equal(locate(env, '/l', 'linux-x64', 'deploy', files).folder, '/a b');
  assert.equal(locate({ MLOPS_ENGINE: '/v' }, '/l', 'linux-x64', 'deploy', files).folder, '/v');
});

for (const server of [{ GITHUB_ACTIONS: 'true' }, { TF_BUILD: 'True' }]) {
  test(`with ${Object.keys(server)[0]} a variable that a step before could set chooses no engine`, () => {
    const files = disk(path.posix, '/v/mlops.dll', '/x/tasks/engine/linux-x64/mlops.dll', '/a/mlops.dll');
    const env = { ...server, MLOPS_ENGINE: '/v' };
    assert.equal(locate(env, '/x/tasks/launcher', 'linux-x64', 'pr', files).folder, '/x/tasks/engine/linux-x64');
    assert.equal(locate({ ...env, INPUT_ENGINEPATH: '/a' }, '/x/tasks/launcher', 'linux-x64', 'pr', files).folder, '/a');
  });
}

test('without words the bundled engine of the platform is taken', () => {
  const files = disk(path.posix, '/x/tasks/engine/linux-x64/mlops.dll');
  assert.equal(locate({}, '/x/tasks/launcher', 'linux-x64', 'pr', files).folder, '/x/tasks/engine/linux-x64');
  assert.throws(() => locate({}, '/x/tasks/launcher', 'osx-arm64', 'pr', files), { id: 'MLO2902', exitCode: 3, why: /no engine for osx-arm64/ });
});

for (const [named, file] of [
  ['C:\\Program Files\\mlops', 'C:\\Program Files\\mlops\\mlops.dll'],
  ['C:/tools/mlops/', 'C:\\tools\\mlops\\mlops.dll'],
  ['\\\\server\\share\\mlops ü', '\\\\server\\share\\mlops ü\\mlops.dll'],
  ['..\\mlops', '..\\mlops\\mlops.dll'],
]) {
  test(`on Windows ${named} is a folder`, () => {
    assert.equal(locate({ INPUT_ENGINEPATH: named }, 'D:\\a', 'win-x64', 'pr', disk(path.win32, file)).folder, named);
  });
}

test('on Windows the bundled engine lies beside the launcher', () => {
  const files = disk(path.win32, 'D:\\_tasks\\MlOpsBuild_6f\\1.0.0\\engine\\win-x64\\mlops.dll');
  assert.equal(locate({}, 'D:\\_tasks\\MlOpsBuild_6f\\1.0.0\\launcher', 'win-x64', 'pr', files).folder, 'D:\\_tasks\\MlOpsBuild_6f\\1.0.0\\engine\\win-x64');
});

test('a word that is no tool is answered with those that are', () => {
  assert.throws(() => locate({ INPUT_TOOL: 'latest' }, '/l', 'linux-x64', 'pr'), { id: 'MLO2905', why: /bundled, manifest, nuget/ });
});

test('a pull request without secrets is known to hold none', () => {
  assert.equal(privilegedBecause(pullRequest, 'pr'), null);
  assert.equal(privilegedBecause(pullRequest, 'doctor'), null);
  assert.equal(privilegedBecause({ ...azurePullRequest, ENDPOINT_AUTH_SYSTEMVSSCONNECTION: '{}', ENDPOINT_AUTH_SCHEME_SYSTEMVSSCONNECTION: 'OAuth' }, 'gate'), null);
});

for (const [name, env, command] of [
  ['a push', { ...pullRequest, GITHUB_EVENT_NAME: 'push' }, 'pr'],
  ['pull_request_target', { ...pullRequest, GITHUB_EVENT_NAME: 'pull_request_target' }, 'pr'],
  ['workflow_run', { ...pullRequest, GITHUB_EVENT_NAME: 'workflow_run' }, 'pr'],
  ['the merge queue', { ...pullRequest, GITHUB_EVENT_NAME: 'merge_group' }, 'gate'],
  ['no event', { GITHUB_ACTIONS: 'true' }, 'pr'],
  ['a job with an identity', { ...pullRequest, ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' }, 'pr'],
  ['a build of a branch', { ...azurePullRequest, BUILD_REASON: 'IndividualCI' }, 'pr'],
  ['a secret variable', { ...azurePullRequest, SECRET_KEY: 's' }, 'pr'],
  ['a service connection', { ...azurePullRequest, ENDPOINT_AUTH_0d3f: 's' }, 'pr'],
  ['a secure file', { ...azurePullRequest, SECUREFILE_TICKET_1: 's' }, 'pr'],
  ['a laptop', {}, 'pr'],
  ...Object.entries(zones).filter(([, zone]) => !['any', 'untrusted'].includes(zone)).map(([command]) => [`the command ${command}`, pullRequest, command]),
]) {
  test(`the manifest is refused in a job with rights: ${name}`, () => {
    assert.throws(() => locate({ ...env, INPUT_TOOL: 'manifest' }, '/l', 'linux-x64', command), { id: 'MLO2906', exitCode: 5 });
  });
}

test('the manifest starts its tool and hands it no token', posix, t => {
  const root = folder(t);
  const bin = fakeDotnet(root, echo);
  mkdirSync(path.join(root, '.config'));
  writeFileSync(path.join(root, '.config/dotnet-tools.json'), '\uFEFF{"version":1,"tools":{"mlops.build.tool":{"version":"1.4.1","commands":["mlops"]}}}');
  const result = run(launcher, { PATH: bin, ...pullRequest, INPUT_TOOL: 'manifest', INPUT_FEED: 'my feed', RUNNER_TEMP: root, 'INPUT_GITHUB-TOKEN': 't', GITHUB_TOKEN: 't', ACTIONS_RUNTIME_TOKEN: 't', INPUT_BASE: 'main' }, root);
  assert.equal(result.status, 0, result.stderr);
  assert.match(result.stdout, /engine mlops.build.tool 1\.4\.1 of '.config/);
  const configuration = result.calls[0].words.at(-1);
  assert.deepEqual(result.calls.map(call => call.words), [
    ['tool', 'restore', '--tool-manifest', path.join('.config', 'dotnet-tools.json'), '--configfile', configuration],
    ['tool', 'run', 'mlops', '--', 'ci', 'pr'],
  ]);
  assert.ok(readFileSync(configuration, 'utf8').includes(`<clear /><add key="feed" value="${path.join(root, 'my feed')}" />`));
  for (const call of result.calls) {
    assert.deepEqual(Object.entries(call.env).filter(([, value]) => value === 't'), []);
    assert.equal(call.env.INPUT_BASE, 'main');
  }
});

test('a restore that fails starts nothing', posix, t => {
  const root = folder(t);
  const bin = fakeDotnet(root, `${echo} process.exit(1);`);
  writeFileSync(path.join(root, 'dotnet-tools.json'), '{"tools":{"mlops.build.tool":{"version":"1.4.1"}}}');
  const result = run(launcher, { PATH: bin, ...pullRequest, INPUT_TOOL: 'manifest' }, root);
  assert.equal(result.status, 1);
  assert.deepEqual(result.calls.map(call => call.words[1]), ['restore']);
});

for (const [name, text] of [['no manifest', null], ['one without the engine', '{"tools":{}}'], ['one that is broken', '{']]) {
  test(`${name} chooses nothing`, t => {
    const root = folder(t);
    if (text) {
      writeFileSync(path.join(root, 'dotnet-tools.json'), text);
    }
    const result = run(launcher, { PATH: root, ...pullRequest, INPUT_TOOL: 'manifest' }, root);
    assert.equal(result.status, 2);
    assert.match(result.stderr, /MLO2907: The tool manifest names no engine/);
  });
}

test('a feed gives the package of exactly this version, from nowhere else', posix, t => {
  const root = folder(t);
  const main = action(root);
  const bin = fakeDotnet(root, echo);
  const result = run(main, { PATH: bin, INPUT_TOOL: 'nuget', INPUT_COMMAND: 'deploy', INPUT_FEED: 'https://feed.example/v3/index.json?a="b"&c', RUNNER_TEMP: root }, root);
  assert.equal(result.status, 0, result.stderr);
  const words = result.calls[0].words;
  assert.deepEqual([...words.slice(0, 4), ...words.slice(5)], ['tool', 'exec', 'MlOps.Build.Tool@1.4.2', '--configfile', '--yes', '--', 'ci', 'deploy']);
  assert.match(readFileSync(words[4], 'utf8'), /<clear \/><add key="feed" value="https:\/\/feed.example\/v3\/index.json\?a=&quot;b&quot;&amp;c" \/>/);
});

test('a nuget.config is taken as it is', posix, t => {
  const root = folder(t);
  const main = action(root);
  const result = run(main, { PATH: fakeDotnet(root, echo), INPUT_TOOL: 'nuget', INPUT_FEED: 'my/NuGet.config' }, root);
  assert.equal(result.calls[0].words[4], 'my/NuGet.config');
});

test('without a feed, and without a released version, there is no package', t => {
  const root = folder(t);
  const main = action(root);
  assert.match(run(main, { PATH: root, INPUT_TOOL: 'nuget' }, root).stderr, /MLO2907.*\n.*`?feed`? is empty/);
  rmSync(path.join(root, 'tasks/engine/version.txt'));
  assert.match(run(main, { PATH: root, INPUT_TOOL: 'nuget', INPUT_FEED: 'f' }, root).stderr, /MLO2907.*\n.*was not released/);
});

test('one changed byte stops the engine', async t => {
  const root = engine(path.join(folder(t), 'engine'));
  await verifyEngine(root);
  writeFileSync(path.join(root, 'mlops.dll'), 'Engine');
  await assert.rejects(verifyEngine(root), { id: 'MLO2902', message: /not the file that was released/, exitCode: 5 });
});

test('a missing file and a missing list stop it too', async t => {
  const root = engine(path.join(folder(t), 'engine'));
  rmSync(path.join(root, 'mlops.dll'));
  await assert.rejects(verifyEngine(root), /not the file that was released/);
  rmSync(path.join(root, 'engine.sha256'));
  await assert.rejects(verifyEngine(root), /is missing/);
});

test('a list that names nothing verifies nothing', async t => {
  const root = engine(path.join(folder(t), 'engine'));
  writeFileSync(path.join(root, 'engine.sha256'), '');
  await assert.rejects(verifyEngine(root), /does not name mlops.dll/);
});

test('a list with the line ends of Windows is read', async t => {
  const root = engine(path.join(folder(t), 'engine'));
  writeFileSync(path.join(root, 'engine.sha256'), readFileSync(path.join(root, 'engine.sha256'), 'utf8').replaceAll('\n', '\r\n'));
  await verifyEngine(root);
});

test('a changed engine is not started', posix, t => {
  const root = folder(t);
  const bin = fakeDotnet(root, echo);
  const folderOfEngine = engine(path.join(root, 'engine'));
  writeFileSync(path.join(folderOfEngine, 'mlops.dll'), 'other');
  const result = run(launcher, { PATH: bin, 'INPUT_ENGINE-PATH': folderOfEngine }, root);
  assert.equal(result.status, 5);
  assert.deepEqual(result.calls, []);
});

test('through a linked folder the launcher runs all the same', posix, t => {
  const root = folder(t);
  symlinkSync(path.dirname(launcher), path.join(root, 'linked'));
  const result = run(path.join(root, 'linked', 'main.mjs'), { PATH: root, MLOPS_ENGINE: root }, root);
  assert.equal(result.status, 3);
  assert.match(result.stderr, /There is no engine/);
});

test('secrets of Azure DevOps do not reach the engine, the token of the job does', () => {
  const env = childEnvironment({
    PATH: '/bin', ENDPOINT_AUTH_X: 's', secret_TOKEN: 's', SECUREFILE_TICKET_1: 's', VSTS_TASKVARIABLE_X: 's', INPUT_BASE: 'main',
    ENDPOINT_AUTH_SYSTEMVSSCONNECTION: '{"parameters":{"AccessToken":"job"},"scheme":"OAuth"}',
  });
  assert.deepEqual(env, { PATH: '/bin', INPUT_BASE: 'main', SYSTEM_ACCESSTOKEN: 'job', MLOPS_CANCEL_WITH_STDIN: '1' });
});

test('inputs with hyphens are there without them as well, and none that was taken away', () => {
  assert.equal(childEnvironment({ 'INPUT_LOCK-FILE': 'a' }).INPUT_LOCKFILE, 'a');
  assert.equal(childEnvironment({ 'INPUT_GITHUB-TOKEN': 't' }, false).INPUT_GITHUBTOKEN, undefined);
});

test('a token that the pipeline maps itself is kept, and a broken one is none', () => {
  const connection = { ENDPOINT_AUTH_SYSTEMVSSCONNECTION: '{"parameters":{"AccessToken":"job"}}' };
  assert.equal(childEnvironment({ ...connection, SYSTEM_ACCESSTOKEN: 'own' }).SYSTEM_ACCESSTOKEN, 'own');
  assert.equal(childEnvironment({ ENDPOINT_AUTH_SYSTEMVSSCONNECTION: '{' }).SYSTEM_ACCESSTOKEN, undefined);
  assert.equal(childEnvironment({ ...connection, SYSTEM_ACCESSTOKEN: 'own' }, false).SYSTEM_ACCESSTOKEN, undefined);
});

test('the exit code and the words reach the caller, and no input passes the command line', posix, t => {
  const root = folder(t);
  const bin = fakeDotnet(root, `${echo} process.exit(4);`);
  const result = run(launcher, { PATH: bin, INPUT_COMMAND: 'pr', INPUT_ROOT: 'my model; rm -rf $(HOME)', 'INPUT_ENGINE-PATH': engine(path.join(root, 'engine')) }, root);
  assert.equal(result.status, 4);
  assert.match(result.stdout, /^MlOps\.Build: engine '.*engine' \(named by engine-path/);
  assert.deepEqual(result.calls[0].words, [path.join(root, 'engine', 'mlops.dll'), 'ci', 'pr']);
});

for (const command of readdirSync(path.join(path.dirname(launcher), '../github'))) {
  test(`the action ${command} starts its command, whatever the input says`, posix, t => {
    const root = folder(t);
    action(root);
    cpSync(path.join(path.dirname(launcher), '../github', command), path.join(root, 'tasks/github', command), { recursive: true });
    const result = run(path.join(root, 'tasks/github', command, 'main.mjs'), { PATH: fakeDotnet(root, `${echo} process.exit(1);`), INPUT_COMMAND: 'doctor' }, root);
    assert.equal(result.status, 1, result.stderr);
    assert.deepEqual(result.calls[0].words.slice(1), ['ci', command]);
  });
}

for (const [name, script] of [['without .NET', null], ['with a .NET that is too old', 'process.exit(150);']]) {
  test(`a machine ${name} is told both fixes`, posix, t => {
    const root = folder(t);
    const bin = script ? fakeDotnet(root, script) : root;
    const result = run(launcher, { PATH: bin, GITHUB_ACTIONS: 'true', 'INPUT_ENGINE-PATH': engine(path.join(root, 'engine')) }, root);
    assert.equal(result.status, 3);
    assert.match(result.stderr, /error MLO2901/);
    assert.match(result.stderr, /actions\/setup-dotnet/);
    assert.match(result.stderr, /UseDotNet@2/);
    assert.match(result.stdout, /^::error title=MLO2901::/m);
  });
}

test('Azure DevOps gets a problem as an issue', t => {
  const root = folder(t);
  const result = run(launcher, { PATH: root, TF_BUILD: 'True', INPUT_ENGINEPATH: '/none' }, root);
  assert.match(result.stdout, /^##vso\[task\.logissue type=error;code=MLO2902\]There is no engine/m);
});

test('no command to a host begins in the text of others', t => {
  const root = folder(t);
  assert.equal(plain('a\n##vso[task.x]\r\n::error::'), 'a #\u200b#vso[task.x] :\u200b:error:\u200b:');
  const result = run(launcher, { PATH: root, GITHUB_ACTIONS: 'true', 'INPUT_ENGINE-PATH': 'x\n::set-env name=a::b' }, root);
  assert.doesNotMatch(result.stdout + result.stderr, /^::set-env|::set-env/m);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`a job cancelled with ${signal} reaches the engine`, posix, async t => {
    const { code, output } = await cancelled(t, signal, `process.on('${signal}', () => { console.log('stopped'); process.exit(130); });`);
    assert.equal(code, 130);
    assert.match(output, /stopped/);
  });
}

test('an engine that dies of the signal counts as cancelled', posix, async t => {
  assert.equal((await cancelled(t, 'SIGTERM', '')).code, 130);
});

test('an engine whose launcher was killed hears the end of its stdin', posix, async t => {
  const { output } = await cancelled(t, 'SIGKILL', "process.stdin.resume().on('end', () => { console.log('alone'); process.exit(130); });");
  assert.match(output, /alone/);
});

test('an engine cannot open the debugger of its launcher', posix, t => {
  const root = folder(t);
  const bin = fakeDotnet(root, "process.kill(process.ppid, 'SIGUSR1'); setTimeout(() => console.log('ended'), 300);");
  const done = spawnSync(process.execPath, [launcher], { env: { PATH: bin, 'INPUT_ENGINE-PATH': engine(path.join(root, 'engine')) }, encoding: 'utf8' });
  assert.match(done.stdout, /ended/);
  assert.doesNotMatch(done.stderr, /Debugger/);
});

async function cancelled(t, signal, script) {
  const root = folder(t);
  const bin = fakeDotnet(root, `${script} console.log('ready'); setInterval(() => {}, 1000);`);
  const child = spawn(process.execPath, [launcher], { env: { PATH: bin, 'INPUT_ENGINE-PATH': engine(path.join(root, 'engine')) } });
  let output = '';
  child.stdout.on('data', data => {
    output += data;
    if (output.includes('ready') && !child.killed) {
      child.kill(signal);
    }
  });
  // `close` also waits for what the engine still says.
  const code = await new Promise(resolve => child.on('close', resolve));
  return { code, output };
}

test('what runs is what is read: no dependency, no bundle', () => {
  const text = readFileSync(launcher, 'utf8');
  assert.deepEqual([...text.matchAll(/^import .* from '([^']+)'/gm)].map(match => match[1]).filter(name => !name.startsWith('node:')), ['./commands.mjs']);
  assert.ok(text.length < 16000, 'the launcher stays small enough to read');
});
