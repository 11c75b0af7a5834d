import { t } from '@lingui/core/macro'
import { Checkbox, Radio, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { conflictModeSchema } from '../../../contract/shapes/restore.ts'
import { Section } from '../../components/SectionCard.tsx'
import { CONFLICT_MODES } from './conflict-words.ts'
import classes from './Restore.module.css'
import type { ChosenManner } from './restore-choice.ts'

export interface ConflictsSectionProps {
  readonly host: HostView
  readonly disabled: boolean
  readonly manner: ChosenManner
  /** Nothing can be in the way. */
  readonly fresh: boolean
  onChange(manner: ChosenManner): void
}

/** What becomes of a file that is there already, and what is done beside. */
export function ConflictsSection({ host, disabled, manner, fresh, onChange }: ConflictsSectionProps): ReactElement {
  const inPlace = manner.target === 'in-place'
  return (
    <Section
      title={t`If a file is already there`}
      number={3}
      disabled={disabled}
      aside={fresh && !disabled && t`The folder is fresh: nothing can be in the way.`}
    >
      <Stack gap="md">
        <Modes manner={manner} fresh={fresh} onChange={onChange} />
        <div className={classes['choices']}>
          <Checkbox
            size="xs"
            color="red"
            checked={inPlace && manner.deleteExtra}
            disabled={!inPlace}
            onChange={(event) => onChange({ ...manner, deleteExtra: event.currentTarget.checked })}
            label={
              <Text
                span
                c={inPlace && manner.deleteExtra ? 'var(--state-failed)' : 'inherit'}
                fw={500}
              >{t`Delete what is not in the snapshot`}</Text>
            }
            description={
              inPlace
                ? t`Dangerous: in the selected folders on ${{ host: host.name }} everything that the snapshot does not have is deleted, including what was made since. The plan names each item.`
                : t`Only in place.`
            }
          />
          <Checkbox
            size="xs"
            checked={manner.readBack}
            onChange={(event) => onChange({ ...manner, readBack: event.currentTarget.checked })}
            label={t`Read back and compare`}
            description={
              manner.readBack
                ? t`What was written is read once more and compared with the snapshot’s content hashes.`
                : t`Without it nothing shows that what is on disk matches the snapshot.`
            }
          />
        </div>
      </Stack>
    </Section>
  )
}

function Modes({
  manner,
  fresh,
  onChange,
}: Pick<ConflictsSectionProps, 'manner' | 'fresh' | 'onChange'>): ReactElement {
  return (
    <Radio.Group
      label={t`If a file is already there`}
      labelProps={{ display: 'none' }}
      value={fresh ? '' : manner.conflicts}
      onChange={(value) => {
        const mode = conflictModeSchema.safeParse(value).data
        if (mode !== undefined) onChange({ ...manner, conflicts: mode })
      }}
    >
      <div className={classes['choices']}>
        {CONFLICT_MODES.map(({ mode, label, sentence }) => (
          // What cannot matter is not explained: the way to the button is long enough.
          <Radio
            key={mode}
            size="xs"
            value={mode}
            label={label}
            disabled={fresh}
            {...(fresh ? {} : { description: sentence })}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
