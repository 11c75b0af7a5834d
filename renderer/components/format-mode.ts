import type { NodeType } from '../../contract/shapes/tree.ts'

const LETTERS: Readonly<Record<NodeType, string>> = {
  file: '-',
  dir: 'd',
  symlink: 'l',
  dev: 'b',
  chardev: 'c',
  fifo: 'p',
  socket: 's',
  irregular: '?',
}

/** Type and permissions as `ls -l` writes them: `drwxr-xr-x`, `-rwsr-xr-t`. */
export function formatMode(type: NodeType, mode: number): string {
  const who = [
    { shift: 6, special: 0o4000, letter: 's' },
    { shift: 3, special: 0o2000, letter: 's' },
    { shift: 0, special: 0o1000, letter: 't' },
  ]
  const bits = who.map(({ shift, special, letter }) => {
    const may = (mode >> shift) & 7
    const runs = (may & 1) !== 0
    const plain = runs ? 'x' : '-'
    const marked = runs ? letter : letter.toUpperCase()
    return `${may & 4 ? 'r' : '-'}${may & 2 ? 'w' : '-'}${mode & special ? marked : plain}`
  })
  return `${LETTERS[type]}${bits.join('')}`
}
