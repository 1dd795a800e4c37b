import { hasWeights } from '../engines-testing.ts'
import { describeDemoEvent } from './demo-event-testing.ts'

// The two wrong ones are a couple that is in the photo and missing from its list.
describeDemoEvent('sface', { recall: 0.968, precision: 0.989 }, !hasWeights)
