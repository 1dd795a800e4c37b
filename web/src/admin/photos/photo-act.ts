/** What staff ask to be done with photos. */
export type PhotoAct = 'show' | 'save' | 'retry' | PhotoQuestion
/** Acts that open a dialog first, to confirm them or to ask for more. */
export type PhotoQuestion = 'hide' | 'move' | 'delete'
