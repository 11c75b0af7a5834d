import { t } from '@lingui/core/macro'
import { Text, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import type { SnapshotKey } from '../basket/index.ts'
import { useServed } from '../trees/index.ts'

const WORDS = {
  native: {
    word: t`read directly`,
    why: t`The agent reads this repository itself: a folder takes a few milliseconds.`,
  },
  restic: {
    word: t`read by restic, slower`,
    why: t`The agent cannot read this kind of repository itself and asks restic: each folder takes a second or more, and nothing is read ahead.`,
  },
} as const

/** Who reads the folders, once the first was read: it says what to expect of the next. */
export function ServedMark({ place }: { readonly place: SnapshotKey }): ReactElement | null {
  const served = useServed(place)
  if (served === undefined) return null
  const { word, why } = WORDS[served.servedBy]
  return (
    <Tooltip label={why} multiline maw={320}>
      <Text span tabIndex={0} data-served={served.servedBy}>
        {word}
      </Text>
    </Tooltip>
  )
}
