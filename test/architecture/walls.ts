/** What a folder's modules may import; everything else is refused. The longest folder that matches a module decides. */
export interface Wall {
  readonly folder: string
  /** Folders and files of ours; the folder itself always. */
  readonly ours: readonly string[]
  /** Packages by name, `@scope/*` for all of a scope, `node:*` for what Node brings. */
  readonly packages: readonly string[]
}

const react = [
  'react',
  'react-dom',
  '@mantine/*',
  '@tabler/icons-react',
  '@tanstack/*',
  '@fontsource-variable/*',
  '@lingui/*',
]

/** DESIGN §3, "who may import whom". A new library in a folder is a line here, and a reviewer's question. */
export const walls: readonly Wall[] = [
  { folder: 'contract', ours: [], packages: ['zod', '@orpc/*'] },
  { folder: 'engine', ours: ['contract'], packages: ['node:*', 'zod', '@noble/*'] },
  {
    folder: 'engine/repository/native/backends',
    ours: ['contract', 'engine'],
    packages: ['node:*', 'zod', '@aws-sdk/*'],
  },
  { folder: 'engine/identity', ours: ['contract', 'engine'], packages: ['node:*', 'zod', 'selfsigned'] },
  { folder: 'engine/process', ours: ['contract'], packages: ['node:*', 'execa'] },
  { folder: 'agent', ours: ['contract', 'engine'], packages: ['node:*', 'zod', '@orpc/*'] },
  { folder: 'agent/listen', ours: ['contract', 'engine', 'agent'], packages: ['node:*', 'zod', '@orpc/*', 'ws'] },
  {
    folder: 'agent/testing',
    ours: ['contract', 'engine', 'agent'],
    packages: ['node:*', 'zod', '@orpc/*', 'ws', 'better-sqlite3'],
  },
  { folder: 'agent/journal', ours: ['contract', 'agent'], packages: ['node:*', 'zod', 'better-sqlite3'] },
  { folder: 'control-plane', ours: ['contract', 'engine'], packages: ['node:*', 'zod', '@orpc/*'] },
  { folder: 'control-plane/store', ours: ['contract'], packages: ['node:*', 'zod', 'better-sqlite3'] },
  { folder: 'control-plane/replicas', ours: ['contract', 'control-plane/store'], packages: ['zod'] },
  {
    folder: 'control-plane/api',
    ours: ['contract', 'control-plane/store', 'control-plane/replicas'],
    packages: ['node:*', 'zod', '@orpc/*'],
  },
  {
    folder: 'control-plane/repositories',
    ours: ['contract', 'engine', 'control-plane/store', 'control-plane/api/deps.ts'],
    packages: ['node:*', 'zod'],
  },
  {
    folder: 'control-plane/gateway',
    ours: ['contract', 'engine', 'control-plane/store'],
    packages: ['node:*'],
  },
  {
    folder: 'control-plane/credentials',
    ours: ['contract', 'control-plane/store', 'control-plane/gateway', 'control-plane/api/deps.ts'],
    packages: ['node:*', 'zod', '@aws-sdk/client-sts'],
  },
  {
    folder: 'control-plane/listen',
    ours: ['contract', 'engine', 'control-plane/store', 'control-plane/gateway', 'control-plane/api/deps.ts'],
    packages: ['node:*', 'zod'],
  },
  {
    folder: 'control-plane/commands',
    ours: ['contract', 'engine', 'control-plane'],
    packages: ['node:*', 'zod'],
  },
  {
    folder: 'control-plane/testing',
    ours: ['contract', 'control-plane/store', 'control-plane/replicas', 'control-plane/api'],
    packages: ['node:*', 'zod'],
  },
  { folder: 'consumer', ours: ['contract', 'engine'], packages: ['node:*', 'zod'] },
  { folder: 'consumer/ledger', ours: ['contract', 'consumer'], packages: ['node:*', 'zod', 'better-sqlite3'] },
  { folder: 'consumer/prove/check-sqlite.ts', ours: [], packages: ['better-sqlite3'] },
  { folder: 'main', ours: ['contract'], packages: ['node:*', 'zod'] },
  { folder: 'main/index.ts', ours: ['main'], packages: ['node:*', 'electron'] },
  {
    folder: 'main/electron',
    ours: ['contract', 'main', 'preload/channel.ts'],
    packages: ['node:*', 'electron', 'electron-updater', 'zod'],
  },
  { folder: 'main/services', ours: ['contract', 'main/store'], packages: ['node:*', 'zod', '@orpc/*'] },
  { folder: 'main/store', ours: ['contract'], packages: ['node:*', 'zod', 'better-sqlite3'] },
  {
    folder: 'main/adapters',
    ours: ['contract', 'main/services', 'main/platform.ts'],
    packages: ['node:*', 'zod', 'execa', 'keytar', 'selfsigned', 'ws'],
  },
  {
    folder: 'main/transport',
    ours: ['contract', 'main/services', 'main/platform.ts'],
    packages: ['node:*', 'zod', 'ws', '@orpc/*'],
  },
  { folder: 'preload', ours: [], packages: ['electron'] },
  { folder: 'renderer', ours: ['contract'], packages: [...react, 'zod'] },
  { folder: 'renderer/client', ours: ['contract', 'renderer'], packages: [...react, 'zod', '@orpc/*'] },
  { folder: 'renderer/components/plots', ours: ['contract', 'renderer'], packages: [...react, 'd3-array'] },
  { folder: 'renderer/features/compare', ours: ['contract', 'renderer'], packages: [...react, 'zod', 'diff'] },
  { folder: 'renderer/gallery', ours: ['contract', 'renderer'], packages: [...react, 'zod', '@orpc/*'] },
]

/** Folders whose neighbours see only their index.ts. */
export const closedFolders = ['main/services/*', 'renderer/features/*']

/** Folders whose files do not import one another, but from folders of the same name below. */
export const islands = ['main/adapters']

/** Words that say nothing, or say it in another field's words: never the name of a file. */
export const bannedWords = [
  'job',
  'task',
  'operation',
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'manager',
  'misc',
]
