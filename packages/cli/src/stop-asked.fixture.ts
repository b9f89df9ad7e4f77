import { stopAsked } from './stop-asked.js';

// Says which signal came, and then takes for ever to stop.
setInterval(() => undefined, 1_000);
const asked = stopAsked();
process.stdout.write('http://waiting\n');
process.stdout.write(`asked by ${await asked}\n`);
