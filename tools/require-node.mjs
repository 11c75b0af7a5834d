// Stops with a sentence where better-sqlite3 would crash an older Node without one.
import { NODE_WANTED } from './setup/node.mjs'
import { isAtLeast } from './setup/version.mjs'

if (!isAtLeast(process.versions.node, NODE_WANTED)) {
  process.stderr.write(
    `Node ${NODE_WANTED} or newer is needed and this is ${process.versions.node}. "npm start" sets up one that will do; after it, "npm run" finds it.\n`,
  )
  process.exit(1)
}
