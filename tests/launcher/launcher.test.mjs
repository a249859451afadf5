import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment, engineArguments, findEngine, input, platformOf, verifyEngine } from '../../tasks/launcher/main.mjs';

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

test('inputs are read as GitHub writes them', () => {
  assert.equal(input({ 'INPUT_ENGINE-PATH': ' /x ' }, 'engine-path'), '/x');
  assert.equal(input({}, 'engine-path'), '');
});

test('the platform folder is named as .NET names it', () => {
  assert.equal(platformOf('win32', 'x64'), 'win-x64');
  assert.equal(platformOf('linux', 'arm64'), 'linux-arm64');
  assert.equal(platformOf('darwin', 'arm64'), 'osx-arm64');
});

test('the command is the only word that an input adds to the command line', () => {
  assert.deepEqual(engineArguments({ INPUT_COMMAND: 'pr', INPUT_BASE: 'main; rm -rf $(HOME)' }), ['ci', 'pr']);
});

test('an unknown command is refused before anything starts', () => {
  assert.throws(() => engineArguments({ INPUT_COMMAND: 'prr' }), /'prr' is not a command/);
});

test('an explicit engine wins over the bundled one', t => {
  const root = folder(t);
  engine(path.join(root, 'mine'));
  engine(path.join(root, 'tasks/engine/linux-x64'));
  assert.equal(findEngine({ MLOPS_ENGINE: path.join(root, 'mine') }, root, 'linux-x64').folder, path.join(root, 'mine'));
  assert.equal(findEngine({}, root, 'linux-x64').folder, path.join(root, 'tasks', 'engine', 'linux-x64'));
  assert.throws(() => findEngine({}, root, 'osx-arm64'), /no engine/);
});

test('one changed byte stops the engine', async t => {
  const root = engine(path.join(folder(t), 'engine'));
  await verifyEngine(root);
  writeFileSync(path.join(root, 'mlops.dll'), 'Engine');
  await assert.rejects(verifyEngine(root), /not the file that was released/);
});

test('a list that names nothing verifies nothing', async t => {
  const root = engine(path.join(folder(t), 'engine'));
  writeFileSync(path.join(root, 'engine.sha256'), '');
  await assert.rejects(verifyEngine(root), /does not name mlops.dll/);
});

test('through a linked folder the launcher runs all the same', { skip: process.platform === 'win32' }, t => {
  const root = folder(t);
  symlinkSync(path.dirname(launcher), path.join(root, 'linked'));
  const result = spawnSync(process.execPath, [path.join(root, 'linked', 'main.mjs')], { env: { PATH: root, MLOPS_ENGINE: root }, encoding: 'utf8' });
  assert.equal(result.status, 3);
  assert.match(result.stderr, /There is no engine/);
});

test('secrets of Azure DevOps do not reach the engine', () => {
  const env = childEnvironment({ PATH: '/bin', ENDPOINT_AUTH_X: 's', secret_TOKEN: 's', INPUT_BASE: 'main' });
  assert.deepEqual(env, { PATH: '/bin', INPUT_BASE: 'main' });
});

test('the exit code and the words reach the caller', { skip: process.platform === 'win32' }, t => {
  const root = folder(t);
  const bin = fakeDotnet(root, 'console.log(JSON.stringify(process.argv.slice(2))); process.exit(4);');
  const result = spawnSync(process.execPath, [launcher], {
    env: { PATH: bin, INPUT_COMMAND: 'pr', INPUT_ROOT: 'my model', 'INPUT_ENGINE-PATH': engine(path.join(root, 'engine')) }, encoding: 'utf8',
  });
  assert.equal(result.status, 4);
  const lines = result.stdout.trim().split('\n');
  assert.match(lines[0], /engine '.*engine' \(named by engine-path/);
  assert.deepEqual(JSON.parse(lines[1]), [path.join(root, 'engine', 'mlops.dll'), 'ci', 'pr']);
});

test('a machine without .NET is told both fixes', t => {
  const root = folder(t);
  const result = spawnSync(process.execPath, [launcher], { env: { PATH: root, 'INPUT_ENGINE-PATH': engine(path.join(root, 'engine')) }, encoding: 'utf8' });
  assert.equal(result.status, 3);
  assert.match(result.stderr, /actions\/setup-dotnet/);
  assert.match(result.stderr, /UseDotNet@2/);
});

test('a cancelled job reaches the engine', { skip: process.platform === 'win32' }, async t => {
  const root = folder(t);
  const bin = fakeDotnet(root, "process.on('SIGTERM', () => { console.log('stopped'); process.exit(130); }); console.log('ready'); setInterval(() => {}, 1000);");
  const child = spawn(process.execPath, [launcher], { env: { PATH: bin, 'INPUT_ENGINE-PATH': engine(path.join(root, 'engine')) } });
  let output = '';
  child.stdout.on('data', data => {
    output += data;
    if (output.includes('ready') && !child.killed) {
      child.kill('SIGTERM');
    }
  });
  const code = await new Promise(resolve => child.on('exit', resolve));
  assert.equal(code, 130);
  assert.match(output, /stopped/);
});

test('the launcher runs from a copy of the action, where a released version lies', { skip: process.platform === 'win32' }, t => {
  const root = folder(t);
  cpSync(path.dirname(launcher), path.join(root, 'tasks/launcher'), { recursive: true });
  engine(path.join(root, 'tasks', 'engine', platformOf(process.platform, process.arch)));
  const bin = fakeDotnet(root, 'process.exit(0);');
  const result = spawnSync(process.execPath, [path.join(root, 'tasks/launcher/main.mjs')], { env: { PATH: bin }, encoding: 'utf8' });
  assert.equal(result.status, 0, result.stderr);
  assert.match(result.stdout, /bundled with this version/);
  assert.ok(readFileSync(launcher, 'utf8').length < 8000, 'the launcher stays small enough to read');
});
