import { t } from '@lingui/core/macro'
import { Paper } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { useKeys } from '../../components/keys.tsx'
import { LogHeader } from './LogHeader.tsx'
import { LogRow } from './LogRow.tsx'
import { linesWith } from './log-filter.ts'
import classes from './RunLog.module.css'
import { firstErrorLine, type LogLine } from './run-view.ts'
import { useLogWindow } from './use-log-window.ts'

export interface RunLogProps {
  readonly runId: string
  readonly lines: readonly LogLine[]
  /** More lines may come. */
  readonly live: boolean
}

/**
 * What the run said, line by line, to be looked through, copied and kept. It follows the end until one scrolls up; the
 * key `f` follows again, `e` finds the first error.
 */
export function RunLog({ runId, lines: all, live }: RunLogProps): ReactElement {
  const [text, setText] = useState('')
  const lines = useMemo(() => linesWith(all, text), [all, text])
  const { scroller, virtual, following, toggle, show, look } = useLogWindow(lines.length)
  const error = firstErrorLine(lines)
  useKeys([
    ...(live ? [{ keys: 'f', does: 'follow log', label: t`follow log`, run: toggle }] : []),
    ...(error < 0 ? [] : [{ keys: 'e', does: 'first error', label: t`first error`, run: () => show(error) }]),
  ])
  return (
    <Paper display="flex" style={{ flexDirection: 'column', overflow: 'hidden' }} flex={1} mih={0}>
      <LogHeader
        runId={runId}
        lines={lines}
        all={all.length}
        text={text}
        onText={setText}
        following={live ? following : null}
        onFollow={toggle}
        {...(error < 0 ? {} : { onError: () => show(error) })}
      />
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- what scrolls must be reachable with the keys */}
      <section
        ref={scroller}
        className={classes['log']}
        aria-label={t`Log`}
        tabIndex={0}
        onWheel={look}
        onKeyUp={look}
        onPointerUp={look}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize() }} />
        {lines.length === 0 && all.length > 0 && (
          <p className={classes['none']}>{t`No line contains “${text.trim()}”.`}</p>
        )}
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
