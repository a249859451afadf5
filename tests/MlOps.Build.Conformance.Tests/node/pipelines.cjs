// pipelines.cjs TOOLS SCHEMA TASK.JSON FILE...: what Microsoft's own language service says of pipelines, with our task known.
const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');

const [tools, schemaFile, taskFile, ...files] = process.argv.slice(2);
const need = createRequire(path.join(path.resolve(tools), 'index.js'));
const print = console.log;
console.log = () => {}; // The service talks to itself.

const service = need('azure-pipelines-language-service');
const parser = need('azure-pipelines-language-service/lib/parser/yamlParser');
const { TextDocument } = need('vscode-languageserver-types');

const read = file => JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
const schema = read(schemaFile);
const task = read(taskFile);

// A value may be an expression or a variable instead of one of the words.
const variable = { type: 'string', pattern: '^\\$[\\[({]' };
const shape = input => input.type === 'boolean' ? { anyOf: [{ type: 'boolean' }, variable] }
  : input.type === 'pickList' ? { anyOf: [{ enum: Object.keys(input.options) }, variable] }
    : { type: 'string' };
const inputs = {
  type: 'object',
  properties: Object.fromEntries(task.inputs.map(input => [input.name, shape(input)])),
  additionalProperties: false,
};
for (const name of [`${task.name}@${task.version.Major}`, `mlops-build.mlops-build.mlops-build-task.${task.name}@${task.version.Major}`]) {
  schema.definitions.task.properties.task.anyOf.push({ enum: [name] });
  schema.definitions.task.anyOf.push({
    properties: { task: { pattern: `^${name.replaceAll('.', '\\.')}$` }, inputs },
    firstProperty: ['task'],
  });
}

const validator = service.getLanguageService(async () => schema, [], async () => 'file:///schema.json');
validator.configure({ validate: true });

(async () => {
  let found = 0;
  for (const file of files) {
    const document = TextDocument.create(pathToFileURL(path.resolve(file)).href, 'azure-pipelines', 1, fs.readFileSync(file, 'utf8'));
    for (const finding of await validator.doValidation(document, parser.parse(document.getText()))) {
      found++;
      print(`${file}:${finding.range.start.line + 1}:${finding.range.start.character + 1} ${finding.message}`);
    }
  }
  print(`${files.length} pipelines, ${found} findings`);
  process.exitCode = found ? 1 : 0;
})();
