/** The guides with their steps in order; the words have a title and a text for each. */
export const GUIDES = [
  { who: 'customers', steps: ['event', 'selfie', 'choose', 'pay', 'download'] },
  { who: 'photographers', steps: ['join', 'upload', 'camera', 'command', 'proof', 'approval', 'earn', 'payout'] },
  { who: 'studios', steps: ['create', 'face', 'invite', 'approve', 'sell', 'care', 'close'] },
] as const
