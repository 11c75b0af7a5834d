import { t } from '@lingui/core/macro'
import type { NodeType } from '../../contract/shapes/tree.ts'

/** What each type of node is called. */
export const NODE_TYPE_WORDS: Readonly<Record<NodeType, string>> = {
  file: t`file`,
  dir: t`folder`,
  symlink: t`symbolic link`,
  dev: t`block device`,
  chardev: t`character device`,
  fifo: t`named pipe`,
  socket: t`socket`,
  irregular: t`something else`,
}
