/** Who tries every route. */
export const PERSONS = [
  'anonymous',
  /** A visitor without an order, and one with an order of the own event. */
  'guest',
  'buyer',
  'customer',
  /** Of the own event, of another event of its studio, and of the other studio's event. */
  'photographer',
  'colleague',
  'rival',
  /** Of the own event, and of the other. */
  'organizer',
  'otherOrganizer',
  /** Of the own event's studio. */
  'sales',
  'manager',
  'owner',
  /** A suspended platform admin: nobody could do more. */
  'suspended',
  'admin',
] as const
export type Person = (typeof PERSONS)[number]
