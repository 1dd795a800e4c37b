import { favouritesEn } from './messages.en.ts'

export const words = { favourites: favouritesEn }
