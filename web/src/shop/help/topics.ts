/** The questions in the order in which they are shown. Other pages link to a topic, such as `/help#refund`. */
export const TOPICS = [
  { topic: 'find', keys: ['how', 'none', 'wrong', 'off', 'again'] },
  { topic: 'pay', keys: ['how', 'waiting', 'kept', 'expired', 'transfer', 'receipt'] },
  { topic: 'download', keys: ['long', 'again', 'zip', 'size'] },
  { topic: 'refund', keys: ['how', 'after'] },
  { topic: 'mail', keys: ['wrong', 'lost'] },
  { topic: 'privacy', keys: ['selfie', 'hide', 'takedown', 'data'] },
] as const
