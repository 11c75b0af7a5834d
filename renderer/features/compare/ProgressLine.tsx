import { plural, t } from '@lingui/core/macro'
import { Button, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { RollUp } from '../../../contract/shapes/compare.ts'
import { describeError } from '../../client/describe-fault.ts'
import classes from './Compare.module.css'
import type { RollUps } from './roll-ups.ts'
import { bytesWords, rollUpWords } from './words.ts'

export interface ProgressLineProps {
  readonly rollUps: RollUps
}

/** How far the comparison of everything has come, and what it came to; a way to stop it. */
export function ProgressLine({ rollUps }: ProgressLineProps): ReactElement {
  const { state, directories, known, error } = rollUps
  const result = known === null ? t`nothing differs` : endWords(known)
  return (
    <Group gap="xs" wrap="nowrap" className={classes['line-below'] ?? ''}>
      <Text
        size="xs"
        c={state === 'failed' ? 'var(--state-failed)' : 'dimmed'}
        role="status"
        className={classes['progress'] ?? ''}
      >
        {state === 'ended' && t`${plural(directories, { one: '# folder', other: '# folders' })} compared: ${result}`}
        {(state === 'running' || state === 'waiting') &&
          t`Comparing… ${plural(directories, { one: '# folder', other: '# folders' })}`}
        {state === 'stopped' && t`Stopped after ${plural(directories, { one: '# folder', other: '# folders' })}`}
        {state === 'failed' && describeError(error).title}
      </Text>
      {state === 'running' && (
        <Button size="compact-xs" variant="default" onClick={() => rollUps.stop()}>{t`Stop`}</Button>
      )}
      {(state === 'stopped' || state === 'failed') && (
        <Button size="compact-xs" variant="default" onClick={() => rollUps.start()}>{t`Go on`}</Button>
      )}
    </Group>
  )
}

function endWords(rollUp: RollUp): string {
  return [rollUpWords(rollUp, true), bytesWords(rollUp)].filter((words) => words !== '').join('; ')
}
