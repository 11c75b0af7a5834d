import { t } from '@lingui/core/macro'
import { Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useEffect, useEffectEvent } from 'react'
import { type Notice, type NoticeEvent, needsSomeone } from '../../../contract/shapes/notice.ts'
import { useClient } from '../../client/client-context.tsx'
import { useWorkspaces } from '../../client/workspaces-context.tsx'
import { isInFront, showBySystem } from './by-system.ts'
import { notKnownHere, pathOfPlace } from './linked-places.ts'
import { noticeWords } from './notice-words.ts'

/** Milliseconds for which is said that a run went well; what needs somebody stays until it was looked at. */
const SHOWN = 8000

/** Says that a run has come to its end, wherever one is in the window; draws nothing itself. */
export function Notices(): null {
  const client = useClient()
  const navigate = useNavigate()
  const { current, switchTo } = useWorkspaces()
  const at = useLocation({ select: (location) => location.pathname })
  const open = ({ hostId, runId }: Pick<Notice, 'hostId' | 'runId'>): void =>
    void navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId } })
  const seen = useEffectEvent(() => void client.notices.seen(undefined).catch(() => undefined))
  const follow = ({ found, what }: Extract<NoticeEvent, { event: 'linked' }>): void => {
    if (found === null) notifications.show({ ...notKnownHere(what), autoClose: false })
    else if (current !== undefined && current.id !== found.workspaceId)
      switchTo(found.workspaceId, pathOfPlace(found.place))
    else void navigate({ to: pathOfPlace(found.place) })
  }
  const tell = useEffectEvent((event: NoticeEvent): void => {
    if (event.event === 'open') open(event)
    if (event.event === 'linked') follow(event)
    if (event.event !== 'told') return
    const { notice, inWindow, system } = event
    const view = (): void => open(notice)
    if (isInFront()) seen()
    else if (system !== null) showBySystem({ id: notice.id, ...system }, view)
    const isBeforeOne = isInFront() && at === `/hosts/${notice.hostId}/runs/${notice.runId}`
    if (inWindow && !isBeforeOne) showInWindow(notice, view)
  })
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const listen = async (): Promise<void> => {
      for await (const event of await client.notices.watch(undefined, { signal })) tell(event)
    }
    // The frame says already that there is no connection; nothing else ends it.
    listen().catch(() => undefined)
    window.addEventListener('focus', () => seen(), { signal })
    return () => {
      controller.abort()
      // What was said is of this workspace.
      notifications.clean()
    }
  }, [client])
  return null
}

function showInWindow(notice: Notice, view: () => void): void {
  const { title, line } = noticeWords(notice)
  notifications.show({
    id: notice.id,
    title,
    message: <Line notice={notice} line={line} onView={view} />,
    color: `var(--state-${notice.state})`,
    autoClose: needsSomeone(notice) ? false : SHOWN,
  })
}

interface LineProps {
  readonly notice: Notice
  readonly line: string
  onView(): void
}

function Line({ notice, line, onView }: LineProps): ReactElement {
  const view = (): void => {
    notifications.hide(notice.id)
    onView()
  }
  return (
    <>
      {[line, notice.names]
        .filter((part) => part !== '')
        .map((part) => (
          <Text key={part} size="sm" c="dimmed" truncate>
            {part}
          </Text>
        ))}
      <Button variant="default" size="compact-sm" mt={6} onClick={view}>{t`View run`}</Button>
    </>
  )
}
