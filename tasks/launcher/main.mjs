// Starts the engine of MlOps.Build on GitHub and Azure DevOps. Plain ESM, no dependency, Node 20 syntax:
// what runs is what is read here.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, realpathSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const commands = ['pr'];

// Azure DevOps hands these to every task; a program started here, or a trainer below it, must not see them.
const secretPrefixes = ['ENDPOINT_AUTH_', 'SECUREFILE_TICKET_', 'SECRET_', 'VSTS_TASKVARIABLE_'];

class LaunchProblem extends Error {
  constructor(what, why, fix, exitCode) {
    super(what);
    Object.assign(this, { why, fix, exitCode });
  }
}

export function input(env, name) {
  return (env[`INPUT_${name.toUpperCase().replaceAll(' ', '_')}`] ?? '').trim();
}

export function platformOf(platform, arch) {
  const names = { linux: 'linux', win32: 'win', darwin: 'osx' };
  return `${names[platform] ?? platform}-${arch}`;
}

export function findEngine(env, actionRoot, platform) {
  const explicit = input(env, 'engine-path') || (env.MLOPS_ENGINE ?? '').trim();
  const folder = explicit || path.join(actionRoot, 'tasks', 'engine', platform);
  if (!existsSync(path.join(folder, 'mlops.dll'))) {
    throw new LaunchProblem(
      `There is no engine in '${folder}'.`,
      explicit ? 'The folder does not hold mlops.dll.' : `This version bundles no engine for ${platform}.`,
      'Use a released version of the action, or publish MlOps.Build.Tool yourself and name its folder with engine-path.',
      3);
  }
  return { folder, reason: explicit ? 'named by engine-path or MLOPS_ENGINE' : 'bundled with this version of the action' };
}

export async function verifyEngine(folder) {
  const list = path.join(folder, 'engine.sha256');
  if (!existsSync(list)) {
    throw new LaunchProblem(
      `'${list}' is missing.`,
      'An engine is only started when its files are the ones that were released.',
      'Copy the whole engine folder.',
      5);
  }
  const lines = readFileSync(list, 'utf8').split('\n').filter(Boolean);
  if (!lines.some(line => line.endsWith('  mlops.dll'))) {
    throw new LaunchProblem(`'${list}' does not name mlops.dll.`, 'A list that names nothing verifies nothing.', 'Copy the whole engine folder again.', 5);
  }
  for (const line of lines) {
    const [expected, ...rest] = line.split('  ');
    const file = path.join(folder, rest.join('  '));
    if (!existsSync(file) || await digestOf(file) !== expected) {
      throw new LaunchProblem(
        `'${file}' is not the file that was released.`,
        'Its digest differs from engine.sha256, or it is missing.',
        'Copy the engine folder again, or use a released version of the action.',
        5);
    }
  }
}

function digestOf(file) {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    createReadStream(file).on('data', chunk => hash.update(chunk)).on('end', () => resolve(hash.digest('hex'))).on('error', reject);
  });
}

export function childEnvironment(env) {
  const secret = name => secretPrefixes.some(prefix => name.toUpperCase().startsWith(prefix));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret(name)));
}

// The engine reads the other inputs itself, from the same variables: no value passes a command line.
export function engineArguments(env) {
  const command = input(env, 'command') || 'pr';
  if (!commands.includes(command)) {
    throw new LaunchProblem(`'${command}' is not a command.`, `Known are: ${commands.join(', ')}.`, 'Correct the input `command`.', 2);
  }
  return ['ci', command];
}

function run(program, words, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { shell: false, stdio: ['ignore', 'inherit', 'inherit'], env });
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.on(signal, () => child.kill(signal));
    }
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 130 : code));
  });
}

export async function main(env, actionRoot) {
  try {
    const words = engineArguments(env);
    const { folder, reason } = findEngine(env, actionRoot, platformOf(process.platform, process.arch));
    await verifyEngine(folder);
    console.log(`MlOps.Build: engine '${folder}' (${reason})`);
    return await run('dotnet', [path.join(folder, 'mlops.dll'), ...words], childEnvironment(env));
  } catch (problem) {
    if (problem.code === 'ENOENT') {
      console.error([
        "error MLO2901: 'dotnet' was not found on this machine.",
        '  The engine needs the .NET 10 runtime.',
        '  fix: add `actions/setup-dotnet` (GitHub) or `UseDotNet@2` (Azure DevOps) before this step.',
      ].join('\n'));
      return 3;
    }
    if (problem instanceof LaunchProblem) {
      console.error(`error MLO2902: ${problem.message}\n  ${problem.why}\n  fix: ${problem.fix}`);
      return problem.exitCode;
    }
    throw problem;
  }
}

// A runner's folders may be links: compared as they are, the launcher would end green without having run.
if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  process.exitCode = await main(process.env, path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..'));
}
