/** Our texts, each with the date of its wording: `notices.test.ts` holds that another wording has another date. */
export const NOTICES = {
  notice: {
    version: '2026-11-26',
    sections: ['who', 'face', 'photos', 'purchase', 'account', 'shared', 'rights'],
  },
  terms: { version: '2026-11-26', sections: ['seller', 'buying', 'use', 'faces', 'problems'] },
} as const
