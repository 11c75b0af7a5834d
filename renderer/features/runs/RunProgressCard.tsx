import { plural, t } from '@lingui/core/macro'
import { Group, Paper, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Run, RunProgress } from '../../../contract/shapes/run.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatCount, formatSpan } from '../../components/format.ts'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { Sparkline } from '../../components/Sparkline.tsx'
import { RunElapsed } from './RunElapsed.tsx'
import { RunSteps } from './RunSteps.tsx'
import { shareDone } from './run-view.ts'
import { afterClosing, phaseWords } from './run-words.ts'

export interface RunProgressCardProps {
  readonly hostId: string
  readonly run: Run
  /** Bytes per second, old to new. */
  readonly rates: readonly number[]
  /** Bytes per second that this host's last restores came to; null where that is not known. */
  readonly usual: number | null
}

const STANDSTILL = { rate: null, secondsLeft: null }

/** How far a run is that has not ended: how much, how fast, how long still, and what just now. */
export function RunProgressCard({ hostId, run, rates, usual }: RunProgressCardProps): ReactElement {
  const host = useHost(hostId)
  const { progress, counts } = run
  const share = shareDone(run)
  const failed = failedShare(run)
  // How fast it was when it was last heard of says nothing of now.
  const { rate, secondsLeft } = run.state === 'running' && progress !== null ? progress : STANDSTILL
  return (
    <Paper p="md" flex="none">
      <RunSteps run={run} />
      <Group gap="4px 16px" mih={32}>
        {share !== null && (
          <Text fz={22} fw={650} lh={1.2} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {Math.floor(share * 100)} %
          </Text>
        )}
        <Text c="dimmed" flex={1} miw={250}>
          {amountWords(run)}
        </Text>
        <Group gap="md" wrap="nowrap" ml="auto">
          {rate !== null && (
            <>
              <Text>
                {formatBytes(rate)}/s
                {usual !== null && <Usual rate={rate} usual={usual} />}
              </Text>
              <Sparkline
                label={t`Rate of the last ${plural(rates.length, { one: '# sample', other: '# samples' })}`}
                values={rates}
              />
            </>
          )}
          {secondsLeft !== null && (
            <Text c="dimmed" miw={110} ta="right">{t`about ${{ time: formatSpan(secondsLeft) }} left`}</Text>
          )}
        </Group>
      </Group>
      <Group my={8} grow>
        <ProgressBar
          label={t`Progress of the run`}
          done={run.state === 'queued' ? 0 : share === null ? null : share - failed}
          failed={failed}
        />
      </Group>
      <Text size="sm" mih={20} truncate>
        <Doing run={run} />
      </Text>
      <RunElapsed hostId={hostId} run={run} />
      <Text size="sm" c="dimmed" mt={4}>
        {afterClosing(run, host)}
      </Text>
      {counts.failed > 0 && (
        <Text
          size="sm"
          mt={4}
          c="var(--state-failed)"
        >{t`${plural(counts.failed, { one: '# item', other: '# items' })} failed so far.`}</Text>
      )}
    </Paper>
  )
}

/** What it does just now, and with what. */
function Doing({ run: { progress, state } }: Pick<RunProgressCardProps, 'run'>): ReactElement {
  if (progress === null)
    return (
      <Text span c="dimmed">
        {state === 'queued' ? t`Waiting to begin` : t`Beginning`}
      </Text>
    )
  return (
    <>
      <Text span fw={500} mr="xs">
        {phaseWords(progress)}
      </Text>
      {progress.currentItem !== null && <FileName name={progress.currentItem} />}
    </>
  )
}

/** Under half of what is usual is worth a look. */
function Usual({ rate, usual }: { readonly rate: number; readonly usual: number }): ReactElement {
  const slow = rate < usual / 2
  const perSecond = `${formatBytes(usual)}/s`
  return (
    <Text span c={slow ? 'var(--state-partial)' : 'dimmed'}>
      {`, ${slow ? t`slow here: usually ${perSecond}` : t`usually ${perSecond}`}`}
    </Text>
  )
}

function amountWords({ progress, subject }: Run): string {
  if (progress === null) return ''
  const { bytesDone, bytesTotal } = progress
  const items = subject.kind === 'init' ? stepsWords(progress) : filesWords(progress)
  if (bytesDone === 0 && bytesTotal === null) return items
  const done = formatBytes(bytesDone)
  return `${items} · ${bytesTotal === null ? done : t`${done} of ${{ total: formatBytes(bytesTotal) }}`}`
}

type Counted = Pick<RunProgress, 'filesDone' | 'filesTotal'>

function filesWords({ filesDone, filesTotal }: Counted): string {
  if (filesTotal === null) return plural(filesDone, { one: '# file', other: '# files' })
  const done = formatCount(filesDone)
  return plural(filesTotal, { one: `${done} of # file`, other: `${done} of # files` })
}

function stepsWords({ filesDone, filesTotal }: Counted): string {
  if (filesTotal === null) return plural(filesDone, { one: '# step', other: '# steps' })
  const done = formatCount(filesDone)
  return plural(filesTotal, { one: `${done} of # step`, other: `${done} of # steps` })
}

/** The failed part of the whole, by files; at least visible when there is any. */
function failedShare({ counts, progress }: Run): number {
  const total = progress?.filesTotal ?? 0
  return counts.failed === 0 || total === 0 ? 0 : Math.max(0.005, counts.failed / total)
}
