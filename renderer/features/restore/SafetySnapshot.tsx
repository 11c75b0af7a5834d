import { plural, t } from '@lingui/core/macro'
import { Checkbox, Text } from '@mantine/core'
import type { ReactElement } from 'react'

export interface SafetySnapshotProps {
  readonly checked: boolean
  /** Items that would be changed or deleted, on all hosts together. */
  readonly saves: number
  /** It is one on each of several hosts. */
  readonly onEach?: boolean
  onChange(checked: boolean): void
}

/** Whether there is to be a way back, and what it means that there is none. */
export function SafetySnapshot({ checked, saves, onEach = false, onChange }: SafetySnapshotProps): ReactElement {
  return (
    <Checkbox
      size="xs"
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
      label={onEach ? t`Take a safety snapshot on each host first` : t`Take a safety snapshot first`}
      description={
        checked ? (
          `${saves === 0 ? t`Of exactly what would be changed or deleted.` : t`Of exactly what would be changed or deleted: ${plural(saves, { one: '# item', other: '# items' })}.`} ${onEach ? t`With it each of these restores can be reverted.` : t`With it this restore can be reverted.`}`
        ) : (
          <Text
            span
            inherit
            c="var(--state-failed)"
            fw={600}
          >{t`There is no way back: what is changed or deleted is lost.`}</Text>
        )
      }
    />
  )
}
