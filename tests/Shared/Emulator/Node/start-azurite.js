// Starts the emulator, and ends it when whoever started it is gone: the pipe to standard input closes then, however it ended.
'use strict';

const { createRequire } = require('node:module');

const [packages, ...options] = process.argv.slice(2);
process.argv.splice(2, process.argv.length, ...options);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
createRequire(`${packages}/`)('azurite/dist/src/azurite.js');
