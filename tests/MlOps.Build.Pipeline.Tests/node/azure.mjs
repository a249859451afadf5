// azure.mjs ROOT FILE...: prints what the language service of Azure Pipelines finds. Its schema knows the tasks of the marketplace;
// the task of this repository is added to it, with the inputs of its task.json.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const require = createRequire(import.meta.url);
const print = console.log;
// The service writes what it is about to do to stdout.
console.log = () => {};
const { getLanguageService } = require('azure-pipelines-language-service');
const { parse } = require('azure-pipelines-language-service/lib/parser/yamlParser');
const { TextDocument } = require('vscode-languageserver-types');

const [root, ...files] = process.argv.slice(2);
const read = file => JSON.parse(readFileSync(path.join(root, file), 'utf8').replace(/^\uFEFF/, ''));
const schema = read('tests/MlOps.Build.Conformance.Tests/contracts/azure-devops/azure-pipelines.service-schema.json');
const task = read('tasks/azure-devops/MlOpsBuild/task.json');
const name = `${task.name}@${task.version.Major}`;
schema.definitions.task.properties.task.anyOf.push({ enum: [name] });
schema.definitions.task.anyOf.push({
  properties: {
    task: { pattern: `^${name}$` },
    inputs: { properties: Object.fromEntries(task.inputs.map(input => [input.name, { type: 'string' }])), additionalProperties: false },
  },
  firstProperty: ['task'],
});
const service = getLanguageService(async () => schema, [], async () => 'file:///schema.json');
service.configure({ validate: true });

let findings = 0;
for (const file of files) {
  const document = TextDocument.create(`file://${file}`, 'azure-pipelines', 1, readFileSync(file, 'utf8'));
  for (const finding of await service.doValidation(document, parse(document.getText()))) {
    findings++;
    print(`${file}:${finding.range.start.line + 1}:${finding.range.start.character + 1} ${finding.message}`);
  }
}
process.exitCode = findings ? 1 : 0;
