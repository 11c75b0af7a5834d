import { t } from '@lingui/core/macro'
import { Button, CopyButton, Group, Menu, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import { describeError } from '../../client/describe-fault.ts'
import { CommandLine } from '../../components/CommandLine.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import classes from './Restore.module.css'
import { type ExportingPlan, useExportPlan } from './use-export-plan.ts'

export interface PlanActionsProps {
  readonly hostId: string
  readonly plan: RestorePlan
  readonly isFolded: boolean
  onFold(folded: boolean): void
}

/** What can be done with a plan but to carry it out: keep it as a file, and see how restic would be told the same. */
export function PlanActions({ hostId, plan, isFolded, onFold }: PlanActionsProps): ReactElement {
  const file = useExportPlan(hostId, plan)
  const [shows, setShows] = useState(false)
  const { commands } = plan
  return (
    <>
      <Group gap={6}>
        <ExportPlan file={file} />
        {commands.length > 0 && (
          <>
            <CopyButton value={commands.join('\n')}>
              {({ copied, copy }) => (
                <Button variant="default" size="compact-sm" onClick={copy}>
                  {copied ? t`Copied` : commands.length === 1 ? t`Copy restic command` : t`Copy restic commands`}
                </Button>
              )}
            </CopyButton>
            <Button variant="subtle" size="compact-sm" aria-expanded={shows} onClick={() => setShows(!shows)}>
              {shows ? t`Hide it` : t`Show it`}
            </Button>
          </>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          ml="auto"
          aria-expanded={!isFolded}
          onClick={() => onFold(!isFolded)}
        >
          {isFolded ? t`Show the items` : t`Hide the items`}
        </Button>
      </Group>
      {file.error !== null && <ErrorState description={describeError(file.error)} />}
      {shows && (
        <div className={classes['commands']}>
          <Text
            size="xs"
            c="dimmed"
          >{t`The same by hand. Names are shown here, not exact, and what the console deletes or renames itself is not in it.`}</Text>
          {commands.map((command) => (
            <CommandLine key={command} command={command} />
          ))}
        </div>
      )}
    </>
  )
}

/** Reads all items and hands them over as a file; how far that is, and the way to stop it. */
function ExportPlan({ file }: { readonly file: ExportingPlan }): ReactElement {
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" size="compact-sm" loading={file.share !== null}>{t`Export plan…`}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => file.begin('json')}>{t`JSON, with exact names`}</Menu.Item>
          <Menu.Item onClick={() => file.begin('csv')}>{t`CSV, for a spreadsheet`}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {file.share !== null && (
        <>
          <Text size="sm" role="status">
            {Math.round(file.share * 100)} %
          </Text>
          <Button variant="subtle" size="compact-sm" onClick={file.stop}>{t`Stop`}</Button>
        </>
      )}
    </>
  )
}
