import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { formatCount } from '../../components/format.ts'
import { useKeys } from '../../components/keys.tsx'
import { LogRow } from './LogRow.tsx'
import classes from './RunLog.module.css'
import { firstErrorLine, type LogLine } from './run-view.ts'

/** Pixels from the end within which one counts as reading the end. */
const AT_END = 24

export interface RunLogProps {
  readonly lines: readonly LogLine[]
  /** More lines may come. */
  readonly live: boolean
}

/** What the run said, line by line. It follows the end until one scrolls up; the key `f` follows again, `e` finds the first error. */
export function RunLog({ lines, live }: RunLogProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  // oxlint-disable-next-line react/incompatible-library -- it is not memoised by a compiler here
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 10,
  })
  const error = firstErrorLine(lines)
  const showError = (): void => {
    setFollowing(false)
    virtual.scrollToIndex(error, { align: 'start' })
  }
  const toggle = (): void => setFollowing(!following)
  const last = lines.length - 1
  useEffect(() => {
    if (following && last >= 0) virtual.scrollToIndex(last, { align: 'end' })
  }, [following, last, virtual])
  useKeys([
    ...(live ? [{ keys: 'f', label: following ? 'stop following' : 'follow log', run: toggle }] : []),
    ...(error < 0 ? [] : [{ keys: 'e', label: 'first error', run: showError }]),
  ])
  const look = (): void => {
    const element = scroller.current
    if (element !== null) setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < AT_END)
  }
  return (
    <Paper display="flex" style={{ flexDirection: 'column', overflow: 'hidden' }} flex={1} mih={0}>
      <LogHeader
        count={lines.length}
        following={live ? following : null}
        onFollow={toggle}
        {...(error < 0 ? {} : { onError: showError })}
      />
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- what scrolls must be reachable with the keys */}
      <section
        ref={scroller}
        className={classes['log']}
        aria-label="Log"
        tabIndex={0}
        onWheel={look}
        onKeyUp={look}
        onPointerUp={look}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize() }} />
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index]
          return line === undefined ? null : (
            <LogRow key={key} ref={virtual.measureElement} index={index} line={line} top={start} />
          )
        })}
      </section>
    </Paper>
  )
}

interface LogHeaderProps {
  readonly count: number
  /** Null when no more lines will come. */
  readonly following: boolean | null
  onFollow(): void
  /** Absent when there is no error. */
  readonly onError?: () => void
}

function LogHeader({ count, following, onFollow, onError }: LogHeaderProps): ReactElement {
  return (
    <Group gap="xs" px={14} py={8} wrap="nowrap">
      <Title order={2}>Log</Title>
      <Text size="xs" c="dimmed" flex={1}>
        {formatCount(count)}
      </Text>
      {onError !== undefined && (
        <Button variant="subtle" color="red" size="compact-xs" onClick={onError}>
          First error
        </Button>
      )}
      {following !== null && (
        <Button variant={following ? 'light' : 'default'} size="compact-xs" aria-pressed={following} onClick={onFollow}>
          Follow
        </Button>
      )}
    </Group>
  )
}
