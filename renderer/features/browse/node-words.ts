import { plural, t } from '@lingui/core/macro'
import type { FolderTotals, NodeDetails } from '../../../contract/shapes/tree.ts'
import { formatBytes } from '../../components/format.ts'

/** `postgres:adm (26:4)`; the numbers alone where the recording machine had no names for them. */
export function ownerWords({ user, group, uid, gid }: Pick<NodeDetails, 'user' | 'group' | 'uid' | 'gid'>): string {
  return user === '' && group === '' ? `${uid}:${gid}` : `${user || uid}:${group || gid} (${uid}:${gid})`
}

/** `8:1`, major and minor, of a device number as Linux keeps it. */
export function deviceWords(device: string): string {
  const number = BigInt(device)
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n)
  const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n)
  return `${major}:${minor}`
}

/** `414 GiB in 2 841 097 files, 31 042 directories`. */
export function totalsWords({ bytes, files, directories, others }: FolderTotals): string {
  const counts = [
    plural(files, { one: '# file', other: '# files' }),
    ...(directories > 0 ? [plural(directories, { one: '# directory', other: '# directories' })] : []),
    ...(others > 0 ? [plural(others, { one: '# other', other: '# others' })] : []),
  ]
  const [size, items] = [formatBytes(bytes), counts.join(', ')]
  return t`${size} in ${items}`
}
