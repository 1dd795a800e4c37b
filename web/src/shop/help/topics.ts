/**
 * The questions in the order in which they are shown. Other pages link to a topic, such as `/help#refund`. Answers that are
 * `figured` have figures that the api goes by; all others are there without it.
 */
export const TOPICS = [
  { topic: 'find', keys: ['how', 'none', 'wrong', 'off', 'again'], figured: ['again'] },
  { topic: 'pay', keys: ['how', 'waiting', 'kept', 'expired', 'transfer', 'receipt'], figured: [] },
  { topic: 'download', keys: ['long', 'again', 'zip', 'size'], figured: ['long', 'zip'] },
  { topic: 'gift', keys: ['how', 'friend', 'end'], figured: [] },
  { topic: 'refund', keys: ['how', 'after'], figured: [] },
  { topic: 'mail', keys: ['wrong', 'lost'], figured: [] },
  { topic: 'privacy', keys: ['selfie', 'hide', 'takedown', 'data'], figured: ['selfie'] },
] as const satisfies readonly { topic: string; keys: readonly string[]; figured: readonly string[] }[]

/** Whether an answer waits for the figures. */
export const isFigured = ({ figured }: { figured: readonly string[] }, key: string): boolean => figured.includes(key)
