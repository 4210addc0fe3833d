/** `shape` is filled, `line` is drawn over it, `dots` are solid: paths in a square of 48. */
export interface Drawing {
  shape: string
  line?: string
  dots?: string
}

/** A full circle as a path. */
const dot = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`

/** Where the five petals of a flower lie. */
const around = (petal: number): [number, number] => {
  const angle = (petal / 5) * 2 * Math.PI - Math.PI / 2
  return [Math.round(24 + 9 * Math.cos(angle)), Math.round(17 + 9 * Math.sin(angle))]
}

/** Pictures that tell people apart without a name. Two must never look alike from a step away. */
export const pictures = {
  cat: {
    shape: 'M10 8l8 7q6-2 12 0l8-7 1 17q0 14-15 14T9 25z',
    line: 'M24 29v3m0 0q-3 4-6 1m6-1q3 4 6 1M12 28l-7-1m7 5l-6 3M36 28l7-1m-7 5l6 3',
    dots: `${dot(18, 24, 2)}${dot(30, 24, 2)}M21.5 27.500h5l-2.500 3z`,
  },
  dog: {
    shape: 'M15 12q9-4 18 0l2 16q-2 12-11 12T13 28z M15 12Q8 9 6 16t3 14q5 0 6-8z M33 12q7-3 9 4t-3 14q-5 0-6-8z',
    line: 'M24 32v3m0 0q-3 2-5 0m5 0q3 2 5 0',
    dots: `${dot(19.5, 22, 2)}${dot(28.5, 22, 2)}M20 28h8q-1 4.500-4 4.500T20 28z`,
  },
  fox: {
    shape: 'M7 8l11 7h12l11-7q1 14-3 20L24 41 10 28Q6 22 7 8z',
    line: 'M10 28q8-3 14 6 6-9 14-6',
    dots: `${dot(18, 23, 2)}${dot(30, 23, 2)}${dot(24, 39, 2.5)}`,
  },
  owl: {
    shape: 'M10 8q6 4 14 4t14-4q2 8 0 20-3 13-14 13T10 28Q8 16 10 8z',
    line: `${dot(17.5, 21, 5.5)}${dot(30.5, 21, 5.5)}M18 33q1.500 2 3 0 1.500 2 3 0 1.500 2 3 0M21 37q1.500 2 3 0 1.500 2 3 0`,
    dots: `${dot(17.5, 21, 2)}${dot(30.5, 21, 2)}M22 25h4l-2 5z`,
  },
  fish: {
    shape: 'M4 25Q13 11 29 15q6 2 8 7l7-7q-3 10 0 20l-7-7q-2 5-8 7Q13 39 4 25z',
    line: 'M20 18q4 7 0 14M27 22v6',
    dots: dot(13, 22, 2),
  },
  turtle: {
    shape: 'M11 31q-4 5-1 7h6l2-5z M29 33l2 5h6q2-3-1-7z M33 31q1-12 6-12 6 0 6 6t-8 7z M4 32q1-18 16-18t16 18z',
    line: 'M14 32l3-9h9l4 9M17 23l-4-5m13 5l3-6',
    dots: dot(41, 24.5, 1.5),
  },
  rocket: {
    shape: 'M24 4q10 8 9 20l-2 10H17l-2-10Q14 12 24 4z M15 24q-7 3-6 13l8-3z M33 24q7 3 6 13l-8-3z',
    line: `${dot(24, 19, 4)}M20 38v5m4-5v6m4-6v5`,
  },
  star: {
    shape: 'M24 4l6 13.500 14 1.500-10.500 10 3 14.500L24 36l-12.500 7.500 3-14.500L4 19l14-1.500z',
    dots: `${dot(20, 22, 1.8)}${dot(28, 22, 1.8)}`,
    line: 'M20 28q4 4 8 0',
  },
  moon: {
    shape: 'M30 5Q12 6 11 24t19 19q5 0 9-3-14-2-14-17 0-11 5-18z',
    line: 'M37 10v6m-3-3h6M38 26v4m-2-2h4',
    dots: dot(17.5, 22, 1.8),
  },
  sun: {
    shape: dot(24, 24, 11),
    line: 'M24 3v5m0 32v5M3 24h5m32 0h5M9 9l3.500 3.500m23 23L39 39M39 9l-3.500 3.500m-23 23L9 39M19.500 27q4.500 5 9 0',
    dots: `${dot(20, 22, 1.8)}${dot(28, 22, 1.8)}`,
  },
  tree: {
    shape: 'M21 30h6v13h-6z M24 4q8 0 9 7 8 2 7 10t-10 9H18q-9-1-10-9t7-10q1-7 9-7z',
    line: 'M24 30v-8m0 4l5-4',
    dots: `${dot(17, 18, 1.8)}${dot(29, 13, 1.8)}`,
  },
  flower: {
    shape: `M24 44V30 M24 42q-9 1-11-6 8-1 11 6z ${[0, 1, 2, 3, 4].map((petal) => dot(...around(petal), 6)).join('')}${dot(24, 17, 5)}`,
    dots: dot(24, 17, 4),
  },
  ball: {
    shape: dot(24, 24, 19),
    line: 'M24 15l8.500 6-3.300 10H18.800l-3.300-10zM24 15V5.500M32.500 21l9-3M29.200 31l5.600 8M18.800 31l-5.600 8M15.500 21l-9-3',
  },
  guitar: {
    shape: 'M27 17l11-11 4 4-11 11q4 5 0 9-2 2-5 2 0 9-7 11T7 38 5 28t11-7q0-3 2-5 4-3 9 1z',
    line: 'M18 30L34 14M11 31l6 6',
    dots: dot(22, 26, 3),
  },
  robot: {
    shape: 'M10 14h28v18H10z M14 32h20v11H14z M5 20h5v7H5z M38 20h5v7h-5z',
    line: 'M24 14V7M18 27h12M19 38h10',
    dots: `${dot(18, 21, 2.4)}${dot(30, 21, 2.4)}${dot(24, 5.5, 2.2)}`,
  },
  dragon: {
    shape:
      'M13 18L10 5l9 7q5-1.500 10 0l9-7-3 13q4 4 4 9-1 8-8 10 0 6-7 6t-7-6q-7-2-8-10 0-5 4-9z M19 12l2-6 3 4 3-4 2 6z',
    line: 'M17 34q7-3 14 0M20 39q4 2.500 8 0',
    dots: `${dot(19, 23, 2.4)}${dot(29, 23, 2.4)}${dot(21.5, 35.5, 1.2)}${dot(26.5, 35.5, 1.2)}`,
  },
} satisfies Record<string, Drawing>
