/** What staff ask to be done with photos. */
export type PhotoAct = 'show' | 'save' | PhotoQuestion
/** What is confirmed, or told more of, first. */
export type PhotoQuestion = 'hide' | 'move' | 'delete'
