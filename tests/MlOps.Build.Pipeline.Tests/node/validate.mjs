// validate.mjs ROOT FILE...: prints what GitHub's language service finds; `uses` of this repository are checked against action.yml.
import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import YAML from 'yaml';

const [root, ...files] = process.argv.slice(2);
const actionsMetadataProvider = {
  fetchActionMetadata: async reference => reference.name === 'mlops-build'
    ? YAML.parse(readFileSync(path.join(root, reference.path ?? '', 'action.yml'), 'utf8'))
    : { name: reference.name, description: 'not of this repository' },
};

let findings = 0;
for (const file of files) {
  const document = TextDocument.create(pathToFileURL(path.resolve(file)).href, 'yaml', 1, readFileSync(file, 'utf8'));
  for (const finding of await validate(document, { actionsMetadataProvider })) {
    findings++;
    console.log(`${file}:${finding.range.start.line + 1}:${finding.range.start.character + 1} ${finding.message}`);
  }
}
process.exitCode = findings ? 1 : 0;
