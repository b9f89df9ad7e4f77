// npm's `postinstall`: notes that node_modules fits the lock file.
import { markInstalled } from './lib/install.mjs';

markInstalled();
