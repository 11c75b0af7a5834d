import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { SnapshotsService } from './snapshots-service.ts'

export { SnapshotsService } from './snapshots-service.ts'

/** `snapshots.*` of the console's contract. */
export function snapshotHandlers(snapshots: SnapshotsService) {
  return {
    list: os.snapshots.list.handler(({ input, signal }) => snapshots.list(input, signalOf({ signal }))),
  }
}
