import { t } from '@lingui/core/macro'
import type { ConflictMode, Layout } from '../../../contract/shapes/restore.ts'

interface ModeWords {
  readonly mode: ConflictMode
  readonly label: string
  readonly sentence: string
}

/** What may become of a file that is there already, each in one sentence. */
export const CONFLICT_MODES: readonly ModeWords[] = [
  {
    mode: 'always',
    label: t`Replace it if it differs`,
    sentence: t`Each file is compared by content and replaced where it differs from the snapshot.`,
  },
  {
    mode: 'if-changed',
    label: t`Replace it if size or time differ`,
    sentence: t`Quicker: a file of equal size and time counts as equal and is not read.`,
  },
  {
    mode: 'if-newer',
    label: t`Only if the snapshot’s is newer`,
    sentence: t`A file that was changed on the host after the snapshot stays as it is.`,
  },
  { mode: 'never', label: t`Keep the existing one`, sentence: t`Only what is missing is written.` },
  {
    mode: 'keep-both',
    label: t`Keep both`,
    sentence: t`The existing one stays; the snapshot’s comes beside it with the snapshot’s time in its name.`,
  },
]

export function modeLabel(mode: ConflictMode): string {
  return CONFLICT_MODES.find((known) => known.mode === mode)?.label ?? mode
}

/** `/srv/restored/etc/nginx` or `/srv/restored/nginx`: where the first of what was selected comes to be. */
export function exampleOf(folder: string, path: string, layout: Layout): string {
  const root = folder.replace(/\/+$/, '')
  if (path === '/') return `${root}/…`
  return layout === 'full-path' ? `${root}${path}` : `${root}/${path.slice(path.lastIndexOf('/') + 1)}`
}
