import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { formatCount, formatExact } from '../../components/format.ts'
import { useKeys } from '../../components/keys.tsx'
import classes from './RunLog.module.css'
import { firstErrorLine, type LogLine } from './run-view.ts'

/** Pixels from the end within which one counts as reading the end. */
const AT_END = 24

/** What the run said, line by line. It follows the end until one scrolls up; the key `f` follows again, `e` finds the first error. */
export function RunLog({ lines }: { readonly lines: readonly LogLine[] }): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 10,
  })
  const error = firstErrorLine(lines)
  const showError = (): void => {
    if (error < 0) return
    setFollowing(false)
    virtual.scrollToIndex(error, { align: 'start' })
  }
  const last = lines.length - 1
  useEffect(() => {
    if (following && last >= 0) virtual.scrollToIndex(last, { align: 'end' })
  }, [following, last, virtual])
  useKeys([
    { keys: 'f', label: following ? 'stop following' : 'follow log', run: () => setFollowing(!following) },
    ...(error < 0 ? [] : [{ keys: 'e', label: 'first error', run: showError }]),
  ])
  const onWheel = (): void => {
    const element = scroller.current
    if (element === null) return
    setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < AT_END)
  }
  return (
    <Paper display="flex" style={{ flexDirection: 'column', overflow: 'hidden' }} flex={1} mih={0}>
      <Group gap="xs" px={14} py={8} wrap="nowrap">
        <Title order={2}>Log</Title>
        <Text size="xs" c="dimmed" flex={1}>
          {formatCount(lines.length)}
        </Text>
        {error >= 0 && (
          <Button variant="subtle" color="red" size="compact-xs" onClick={showError}>
            First error
          </Button>
        )}
        <Button
          variant={following ? 'light' : 'default'}
          size="compact-xs"
          aria-pressed={following}
          onClick={() => setFollowing(!following)}
        >
          Follow
        </Button>
      </Group>
      <div ref={scroller} className={classes['log']} role="log" aria-label="Log" tabIndex={0} onWheel={onWheel}>
        <div role="presentation" style={{ height: virtual.getTotalSize() }} />
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index]
          if (line === undefined) return null
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              data-level={line.level}
              className={classes['line']}
              style={{ transform: `translateY(${start}px)` }}
            >
              <time dateTime={line.at} title={formatExact(new Date(line.at))}>
                {new Date(line.at).toTimeString().slice(0, 8)}
              </time>
              <span>{showFileName(line.text)}</span>
            </div>
          )
        })}
      </div>
    </Paper>
  )
}
