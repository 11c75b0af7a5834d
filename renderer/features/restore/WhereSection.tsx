import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Radio, Stack } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { Layout } from '../../../contract/shapes/restore.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { exampleOf } from './conflict-words.ts'
import { FolderInput } from './FolderInput.tsx'
import { whyNotInPlace } from './in-place.ts'
import classes from './Restore.module.css'
import { type ChosenManner, concernsTarget } from './restore-choice.ts'
import type { PlannedRestore } from './use-restore-plan.ts'

export interface WhereSectionProps {
  readonly host: HostView
  readonly disabled: boolean
  readonly manner: ChosenManner
  readonly planned: PlannedRestore
  /** A target is chosen, so that what the plan says of it is of this one. */
  readonly complete: boolean
  /** The first selected path, to show how it comes to be named; null where none is. */
  readonly example: string | null
  onChange(manner: ChosenManner): void
}

const TARGETS = ['staging', 'path', 'in-place'] as const

/** Into which folder, and under which names. What cannot be chosen is shown with its reason. */
export function WhereSection(props: WhereSectionProps): ReactElement {
  const { host, disabled, manner, onChange } = props
  const fresh = `${host.agent?.stagingRoot ?? ''}/<run-id>`
  const notInPlace = whyNotInPlace(host)
  return (
    <Section title={t`Where`} number={2} disabled={disabled}>
      <Stack gap="md">
        <Radio.Group
          label={t`Target`}
          labelProps={{ display: 'none' }}
          value={manner.target}
          onChange={(value) => {
            const target = TARGETS.find((kind) => kind === value)
            if (target !== undefined) onChange({ ...manner, target, deleteExtra: false })
          }}
        >
          <div className={classes['choices']}>
            <Choice
              value="staging"
              label={t`A fresh folder`}
              description={
                <>
                  <Trans>
                    Made for this run: <FileName name={fresh} />
                  </Trans>
                </>
              }
            />
            <Choice
              value="path"
              label={host.local ? t`A folder of this computer` : t`A folder on ${{ host: host.name }}`}
              description={t`An existing folder, empty or not, or one made for this run. Owners are not applied.`}
            />
            <div className={manner.target === 'in-place' ? classes['inPlace'] : undefined}>
              <Choice
                value="in-place"
                color="red"
                label={t`In place`}
                disabled={notInPlace !== null}
                description={
                  notInPlace ??
                  t`Over the original files, with owners, modes, times and attributes. You confirm it below.`
                }
              />
            </div>
            <Folder {...props} />
          </div>
        </Radio.Group>
        <LayoutChoice {...props} root={manner.target === 'path' ? manner.folder || '/…' : fresh} />
      </Stack>
    </Section>
  )
}

/** The folder that was chosen, and why it cannot be the target. */
function Folder({ host, manner, planned, complete, onChange }: WhereSectionProps): ReactElement {
  return (
    <>
      {manner.target === 'path' && (
        <div data-wide>
          <FolderInput host={host} folder={manner.folder} onChange={(folder) => onChange({ ...manner, folder })} />
        </div>
      )}
      {complete && concernsTarget(planned.error) && (
        <div data-wide>
          <ErrorState description={describeError(planned.error)} onRetry={planned.again} />
        </div>
      )}
    </>
  )
}

interface ChoiceProps {
  readonly value: string
  readonly label: string
  readonly description: ReactNode
  readonly disabled?: boolean
  readonly color?: string
}

function Choice(choice: ChoiceProps): ReactElement {
  return <Radio size="xs" {...choice} />
}

const LAYOUTS: readonly { readonly layout: Layout; readonly label: string }[] = [
  { layout: 'full-path', label: t`With the whole path` },
  { layout: 'selected-only', label: t`Only what was selected` },
]

/** With or without the leading path; each is shown by the first thing that was selected. */
function LayoutChoice({
  manner,
  example,
  root,
  onChange,
}: WhereSectionProps & { readonly root: string }): ReactElement {
  const inPlace = manner.target === 'in-place'
  return (
    <Radio.Group
      label={t`Names`}
      value={inPlace ? 'full-path' : manner.layout}
      onChange={(value) => onChange({ ...manner, layout: value === 'selected-only' ? value : 'full-path' })}
    >
      <div className={classes['choices']} style={{ marginTop: 4 }}>
        {LAYOUTS.map(({ layout, label }) => (
          <Choice
            key={layout}
            value={layout}
            label={label}
            disabled={inPlace && layout === 'selected-only'}
            description={
              inPlace ? (
                layout === 'full-path' ? (
                  t`Everything goes where it came from.`
                ) : (
                  t`In place everything has its original path.`
                )
              ) : (
                <FileName name={exampleOf(root, example ?? '/etc/hosts', layout)} />
              )
            }
          />
        ))}
      </div>
    </Radio.Group>
  )
}
