// Node 20 wants import attributes for JSON, which the language service does not write.
import { register } from 'node:module';

register(`data:text/javascript,${encodeURIComponent(`
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
export async function load(url, context, next) {
  return url.startsWith('file:') && url.endsWith('.json')
    ? { format: 'module', shortCircuit: true, source: 'export default ' + await readFile(fileURLToPath(url), 'utf8') }
    : next(url, context);
}`)}`);
