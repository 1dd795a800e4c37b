/** With so much overlap two boxes are of one face: detectors draw them of different sizes. */
export const SAME_FACE = 0.2
