import { readFile } from 'node:fs/promises'
import { isWithin } from '../restore/paths.ts'

/**
 * Where systemd gives a service another folder than the host has: what is bound there comes from its `PrivateTmp=`, or stands
 * for what `InaccessiblePaths=` and `ProtectHome=yes` keep it from (systemd.exec(5)).
 */
const OF_SYSTEMD = /\/systemd-private-[^/]+\/tmp$|\/systemd\/inaccessible\/[^/]+$/
const ESCAPED = /\\([0-7]{3})/g

/** The mount points among the lines of a `mountinfo` (proc_pid_mountinfo(5)) behind which this process does not see the host. */
export function hiddenIn(mountinfo: string): string[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [, , , root = '', point = ''] = line.split(' ')
    return OF_SYSTEMD.test(plain(root)) ? [plain(point)] : []
  })
}

/** The kernel writes blanks and backslashes as three octal digits. */
function plain(text: string): string {
  return text.replace(ESCAPED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

let hidden: Promise<readonly string[]> | undefined

/** Whether what this process sees at a path is not what the host has there. Its unit is as it was when it began. */
export async function isHidden(path: string): Promise<boolean> {
  hidden ??= readFile('/proc/self/mountinfo', 'utf8').then(hiddenIn, () => [])
  return (await hidden).some((point) => isWithin(path, point))
}
