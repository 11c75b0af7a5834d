import { plural, t } from '@lingui/core/macro'
import { Loader, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { StateBadge } from '../../components/StateBadge.tsx'
import type { AccessTest } from './tested-access.ts'

export interface TestResultProps {
  /** The test of what the form holds now, or null. */
  readonly test: AccessTest | null
  /** Whether there is enough in the form to be tested. */
  readonly testable: boolean
}

/** Beside the buttons, what the last test said; it is gone when a field changes, for it says nothing of that. */
export function TestResult({ test, testable }: TestResultProps): ReactElement {
  return (
    <Text component="output" size="sm" flex={1} miw={0}>
      {words(test, testable)}
    </Text>
  )
}

function words(test: AccessTest | null, testable: boolean): ReactElement {
  if (test === null)
    return (
      <Text span c="dimmed">
        {testable ? t`Test it, then save. A test writes nothing.` : t`Needs an address and a password.`}
      </Text>
    )
  switch (test.state) {
    case 'running':
      return <Loader size={14} role="img" aria-label={t`Testing`} />
    case 'failed':
      return <StateBadge state="failed">{t`not opened`}</StateBadge>
    case 'passed':
      return (
        <>
          <StateBadge state="succeeded">
            {plural(test.probe.snapshots, { one: 'opened, # snapshot', other: 'opened, # snapshots' })}
          </StateBadge>
          {test.probe.lockedBy !== null && (
            <Text
              size="xs"
              c="dimmed"
            >{t`Locked by ${{ who: test.probe.lockedBy }}: it can be browsed; a restore waits for the lock.`}</Text>
          )}
        </>
      )
  }
}
