/** Why a photo is not taken: keys 1 to 6 in this order. Another reason is written in the dialog. */
export const REASONS = ['blurred', 'closed_eyes', 'too_dark', 'unsuitable', 'repeated', 'nobody'] as const
