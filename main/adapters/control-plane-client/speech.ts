import type { PlaneClient } from '../../services/planes/index.ts'
import type { ViewShape } from './shapes.ts'

/** What is asked otherwise of our own plane than of others. */
export interface Speech
  extends Pick<
    PlaneClient,
    | 'board'
    | 'groups'
    | 'preview'
    | 'revokes'
    | 'worklist'
    | 'issuances'
    | 'code'
    | 'activity'
    | 'connectGroup'
    | 'disconnectGroup'
    | 'observe'
  > {
  /** The declarations as they were last seen. */
  views(): readonly ViewShape[]
}
