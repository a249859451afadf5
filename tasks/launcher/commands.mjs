// Made of tasks/catalog.json; `MLOPS_UPDATE=1` with the catalog's tests writes it anew.
// Each command, and where it may run: see docs/trust.md.
export const zones = {
  pr: 'untrusted',
  train: 'untrusted',
  gate: 'untrusted',
  report: 'reporter',
  release: 'trusted',
  attest: 'trusted',
  approve: 'deploy',
  deploy: 'deploy',
  rollback: 'deploy',
  status: 'any',
  doctor: 'any',
};
