// Loads a package by one of n8n's loaders and prints what that took: loadPack.mts KIND FOLDER BEFORE, with
// --expose-gc. The package BEFORE is loaded first.
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Core from 'n8n-core';

process.env.N8N_LOG_LEVEL ??= 'silent';
const [kind, folder = '', before = ''] = process.argv.slice(2);
const load = createRequire(import.meta.url);
load('reflect-metadata');
const { LazyPackageDirectoryLoader, PackageDirectoryLoader } = load('n8n-core') as typeof Core;
const Loader = kind === 'lazy' ? LazyPackageDirectoryLoader : PackageDirectoryLoader;

// n8n has loaded it long before.
const { n8n } = load(join(folder, 'package.json')) as { n8n: { nodes: string[] } };
const node = realpathSync(join(folder, n8n.nodes[0] ?? ''));
createRequire(node)('n8n-workflow');
await new PackageDirectoryLoader(before).loadAll();
await new Loader(before).loadAll();

const collect = (globalThis as unknown as { gc: () => void }).gc;
const loadedFiles = () => Object.keys(load.cache).length;
collect();
const heap = process.memoryUsage().heapUsed;
const files = loadedFiles();
const cpu = process.threadCpuUsage();
const loader = new Loader(folder);
await loader.loadAll();
const { user, system } = process.threadCpuUsage(cpu);
collect();
const held = process.memoryUsage().heapUsed - heap;
console.log(
	JSON.stringify({ ms: (user + system) / 1000, heap: held, files: loadedFiles() - files }),
);
// What was loaded lives until here, and loggers would keep the process.
process.exit(loader.known === undefined ? 1 : 0);
