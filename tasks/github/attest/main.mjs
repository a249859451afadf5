import { launch } from '../../launcher/main.mjs'; process.exitCode = await launch(process.env, 'attest');
