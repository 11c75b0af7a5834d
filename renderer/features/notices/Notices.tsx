import { t } from '@lingui/core/macro'
import { Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useEffect, useEffectEvent } from 'react'
import {
  type BySystem,
  type Notice,
  type NoticeEvent,
  needsSomeone,
  type ProofNotice,
  SYSTEM_LINE_LENGTH,
} from '../../../contract/shapes/notice.ts'
import { useClient } from '../../client/client-context.tsx'
import { useWorkspaces } from '../../client/workspaces-context.tsx'
import { useMasks } from '../../components/masks.ts'
import { isInFront, showBySystem } from './by-system.ts'
import { notKnownHere, pathOfPlace } from './linked-places.ts'
import { noticeWords, type Words, proofNoticeWords } from './notice-words.ts'

/** Milliseconds for which is said that a run went well; what needs somebody stays until it was looked at. */
const SHOWN = 8000

/** Says that a run has come to its end or a replica needs somebody, wherever one is in the window; draws nothing itself. */
export function Notices(): null {
  const client = useClient()
  const navigate = useNavigate()
  const { current, switchTo } = useWorkspaces()
  const masks = useMasks()
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
  const sayBySystem = ({ id, by, names }: BySystem, { title, line }: Words, view: () => void): void => {
    const lines = [line, names].filter((part) => part !== '').join(' · ')
    const short = (text: string): string => masks.text(text).slice(0, SYSTEM_LINE_LENGTH)
    const words = { id, title: short(title), line: short(lines) }
    if (by === 'page') showBySystem(words, view)
    else void client.notices.say(words).catch(() => undefined)
  }
  const tellProof = useEffectEvent(({ notice, inWindow, system }: Extract<NoticeEvent, { event: 'proof' }>): void => {
    const to = placeOf(notice)
    const view = (): void => void navigate({ to })
    if (isInFront()) seen()
    else if (system !== null) sayBySystem(system, proofNoticeWords(notice), view)
    // What was said of this replica before is not so any more.
    notifications.hide(notice.id)
    if (inWindow && notice.state !== 'over' && !(isInFront() && at === to)) showProof(notice, view)
  })
  const tell = useEffectEvent((event: NoticeEvent): void => {
    if (event.event === 'open') open(event)
    if (event.event === 'linked') follow(event)
    if (event.event === 'proof') tellProof(event)
    if (event.event === 'page') void navigate({ to: event.page === 'settings' ? '/settings' : '/runs' })
    if (event.event !== 'told') return
    const { notice, inWindow, system } = event
    const view = (): void => open(notice)
    if (isInFront()) seen()
    else if (system !== null) sayBySystem(system, noticeWords(notice), view)
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
    message: <Line id={notice.id} lines={[line, notice.names]} action={t`View run`} onView={view} />,
    color: `var(--state-${notice.state})`,
    autoClose: needsSomeone(notice) ? false : SHOWN,
  })
}

const PROOF_COLORS: Readonly<Record<ProofNotice['state'], string>> = {
  failing: 'var(--state-failed)',
  overdue: 'var(--state-partial)',
  gap: 'var(--state-partial)',
  many: 'var(--state-failed)',
  healthy: 'var(--state-succeeded)',
  over: 'var(--state-unknown)',
}

function showProof(notice: ProofNotice, view: () => void): void {
  const { title, line } = proofNoticeWords(notice)
  const action = notice.replicaId === null ? t`View replicas` : t`View replica`
  notifications.show({
    id: notice.id,
    title,
    message: <Line id={notice.id} lines={[line, notice.cause]} action={action} onView={view} />,
    color: PROOF_COLORS[notice.state],
    autoClose: notice.state === 'healthy' ? SHOWN : false,
  })
}

function placeOf({ planeId, replicaId }: ProofNotice): string {
  return pathOfPlace(replicaId === null ? { kind: 'replicas' } : { kind: 'replica', planeId, replicaId })
}

interface LineProps {
  /** Of the notification. */
  readonly id: string
  readonly lines: readonly string[]
  readonly action: string
  onView(): void
}

function Line({ id, lines, action, onView }: LineProps): ReactElement {
  const view = (): void => {
    notifications.hide(id)
    onView()
  }
  return (
    <>
      {lines
        .filter((part) => part !== '')
        .map((part) => (
          <Text key={part} size="sm" c="dimmed" truncate>
            {part}
          </Text>
        ))}
      <Button variant="default" size="compact-sm" mt={6} onClick={view}>
        {action}
      </Button>
    </>
  )
}
