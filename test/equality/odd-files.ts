import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { HOSTILE_NAMES } from '../hostile-names.ts'

/** The number of setxattr(2), which Node cannot call and Perl, part of every Debian, can. */
const SETXATTR: Readonly<Record<string, number>> = { x64: 188, arm64: 5 }
/** `user::rw- user:12345:r-- group::r-- mask::rw- other::---` as the kernel takes it. */
const ACCESS_LIST = aclOf([
  [1, 6],
  [2, 4, 12_345],
  [4, 4],
  [0x10, 6],
  [0x20, 0],
])

/** Every kind of file that this machine and this user can make, below a folder. What they cannot is left out. */
export async function writeOddFiles(root: string): Promise<AsyncDisposable> {
  mkdirSync(root, { recursive: true })
  writeNames(root)
  writeLinks(join(root, 'links'))
  writeModesAndTimes(join(root, 'modes'))
  writeWindowsPaths(root)
  writeAttributes(join(root, 'attributes'))
  return writeSpecialFiles(join(root, 'special'))
}

/** A file and a folder of each hostile name; what is in them tells which they are. */
function writeNames(root: string): void {
  mkdirSync(join(root, 'names'))
  mkdirSync(join(root, 'folders'))
  for (const name of HOSTILE_NAMES) {
    writeFileSync(below(join(root, 'names'), name), name.toString('hex'))
    const folder = below(join(root, 'folders'), name)
    mkdirSync(folder)
    writeFileSync(Buffer.concat([folder, Buffer.from('/inside.txt')]), `in ${name.toString('hex')}`)
  }
}

function writeLinks(folder: string): void {
  mkdirSync(folder)
  writeFileSync(join(folder, 'one'), 'one file of three names')
  linkSync(join(folder, 'one'), join(folder, 'two'))
  linkSync(join(folder, 'one'), join(folder, 'three'))
  symlinkSync('one', join(folder, 'to one'))
  symlinkSync('/nowhere/at all', join(folder, 'dangling'))
  symlinkSync(Buffer.from('caf\xe9', 'latin1'), join(folder, 'to what is not UTF-8'))
  symlinkSync('new\nline "quoted" \\ back', join(folder, 'to odd text'))
  lutimesSync(join(folder, 'dangling'), 1, 2)
}

function writeModesAndTimes(folder: string): void {
  mkdirSync(folder)
  for (const mode of [0, 0o644, 0o4755, 0o2750, 0o6711, 0o1777, 0o7777]) {
    const file = join(folder, mode.toString(8))
    writeFileSync(file, '')
    chmodSync(file, mode)
  }
  mkdirSync(join(folder, 'sticky'))
  chmodSync(join(folder, 'sticky'), 0o1777)
  mkdirSync(join(folder, 'empty'))
  for (const seconds of [-300_000_000, 0, 1_700_000_000.123_456, 4_102_444_800]) {
    writeFileSync(join(folder, `at ${seconds}`), '')
    utimesSync(join(folder, `at ${seconds}`), seconds, seconds)
  }
  writeFileSync(join(folder, 'sparse'), 'begins')
  truncateSync(join(folder, 'sparse'), 3 * 2 ** 20)
  if (process.getuid?.() === 0) chownSync(join(folder, '644'), 12_345, 54_321)
}

/** As restic on Windows records them: a drive is a folder of the root; on Linux a backslash is part of a name. */
function writeWindowsPaths(root: string): void {
  for (const folder of [
    'C/Users/Ann Smith/AppData/Local',
    'c/users',
    'D/$RECYCLE.BIN',
    '\\\\server\\share',
    'C\\Users',
  ]) {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'NTUSER.DAT'), folder)
    writeFileSync(join(root, folder, 'desktop.ini:Zone.Identifier'), '')
  }
}

function writeAttributes(folder: string): void {
  mkdirSync(folder)
  writeFileSync(join(folder, 'noted'), 'has attributes')
  setAttribute(join(folder, 'noted'), 'user.comment', Buffer.from('a comment'))
  setAttribute(join(folder, 'noted'), 'user.bytes', Buffer.from([0, 255, 0, 10, 34]))
  setAttribute(join(folder, 'noted'), 'user.empty', Buffer.alloc(0))
  setAttribute(folder, 'user.folder', Buffer.from('of a folder'))
  writeFileSync(join(folder, 'shared'), 'has an access list')
  setAttribute(join(folder, 'shared'), 'system.posix_acl_access', ACCESS_LIST)
}

function setAttribute(file: string, name: string, value: Buffer): void {
  const number = SETXATTR[process.arch]
  if (number === undefined) return
  const program = 'syscall($ARGV[0] + 0, $ARGV[1], $ARGV[2], pack("H*", $ARGV[3]), length($ARGV[3]) / 2, 0)'
  quietly(() => execFileSync('perl', ['-e', program, String(number), file, name, value.toString('hex')]))
}

async function writeSpecialFiles(folder: string): Promise<AsyncDisposable> {
  mkdirSync(folder)
  quietly(() => execFileSync('mkfifo', [join(folder, 'pipe')]))
  quietly(() => execFileSync('mknod', [join(folder, 'null'), 'c', '1', '3'], { stdio: 'ignore' }))
  quietly(() => execFileSync('mknod', [join(folder, 'disk'), 'b', '8', '17'], { stdio: 'ignore' }))
  const server = createServer().listen(join(folder, 'socket'))
  await once(server, 'listening')
  return {
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

function below(folder: string, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), name])
}

/** `linux/posix_acl_xattr.h`: version 2, then tag, permissions and id of each entry. */
function aclOf(entries: readonly (readonly [tag: number, permissions: number, id?: number])[]): Buffer {
  const list = Buffer.alloc(4 + 8 * entries.length)
  list.writeUInt32LE(2, 0)
  for (const [at, [tag, permissions, id = 0xffff_ffff]] of entries.entries()) {
    list.writeUInt16LE(tag, 4 + 8 * at)
    list.writeUInt16LE(permissions, 6 + 8 * at)
    list.writeUInt32LE(id, 8 + 8 * at)
  }
  return list
}

/** Where the user, the kernel or the file system refuses, there is one kind of file less. */
function quietly(make: () => void): void {
  try {
    make()
  } catch {
    return
  }
}
