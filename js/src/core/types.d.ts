// What the parts of a figure hand to each other.

import type { Figure } from "./figure.js";

/** Anything that `h` and `s` take as content. */
export type Child = Node | string | null | undefined | Child[];

/** Listeners by the names of their events, `text`, `style`, and any attribute. */
export type Attributes = {
  [Event in keyof GlobalEventHandlersEventMap]?: (event: GlobalEventHandlersEventMap[Event]) => void;
} & { text?: string; style?: Record<string, string | number | null> } & Record<string, unknown>;

/** Key -> text. */
export type Words = Record<string, string>;
/** Language -> key -> text. */
export type Catalogue = Record<string, Words>;
/** Look up a message and fill in its places. */
export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** The value of a synced trait of a figure's Python class: JSON. */
// biome-ignore lint/suspicious/noExplicitAny: only the figure knows the type of each of its traits
export type Trait = any;
/** The traits, or some of them. */
export type State = Record<string, Trait>;

/** Brings the elements of a figure up to date, all at once or piece by piece. */
export type Draw<S extends State = State> = (state: S) => void | Generator<void, void>;
/** Makes the elements, in the same way, and returns what brings them up to date. */
// biome-ignore lint/suspicious/noExplicitAny: only the figure knows the type of its data
export type Build<S extends State = State, D = any> = (figure: Figure<S, D>) => Draw<S> | Generator<void, Draw<S>>;

/** Where the state lives: on a page in an object, in Jupyter in the widget's model. */
export interface Store {
  get(): State;
  put(patch: State): void;
  listen(callback: () => void, signal: AbortSignal): void;
  /** Whether what was put will be forgotten, though it should outlast the visit. */
  isLost?(): boolean;
}

/** What Python says about a trait: the limits of a number, the values of a choice, the length of a list. */
export interface Control {
  min: number;
  max: number;
  step: number;
  scale?: string;
  whole?: boolean;
  values: Trait[];
  most: number;
}
/** Of a control what a slider needs. */
export type Limits = Pick<Control, "min" | "max" | "step"> & Partial<Control>;

/** What Python says about a figure beside its state. */
export interface Spec {
  controls?: Record<string, Control>;
  presets?: { name: string; traits: State }[];
  // biome-ignore lint/suspicious/noExplicitAny: only the figure knows the type of its data
  data?: any;
  /** Words of this one figure, beside those of its kind. */
  messages?: Catalogue;
}

/** From numbers of the data to pixels: straight or logarithmic (scale.js). */
export interface Scale {
  (value: number): number;
  invert(place: number): number;
  domain(): number[];
  domain(limits: Iterable<number>): unknown;
  range(): number[];
  range(ends: Iterable<number>): unknown;
  ticks(count?: number): number[];
}

export type Interval = [number, number];
export type Point = [number, number];
export type Shape = "circle" | "square" | "triangle" | "diamond" | "wedge";

export interface PlotOptions {
  /** From where to where. */
  x: Interval;
  y: Interval;
  /** Mini-TeX, at the right end. */
  xLabel?: string;
  /** Mini-TeX, on top. */
  yLabel?: string;
  /** About how many, or which. */
  xTicks?: number | number[];
  yTicks?: number | number[];
  /** Tick -> mini-TeX. */
  xFormat?: (value: number) => string;
  yFormat?: (value: number) => string;
  /** Logarithmic. */
  xLog?: boolean;
  yLog?: boolean;
  /** False for a bare canvas, such as a network diagram. */
  axes?: boolean;
  /** Lines through zero. */
  zero?: boolean;
  /** Height : width of the area between the axes; default 0.6. */
  ratio?: number;
  /** One unit is as long on both axes: the height follows from the limits. */
  equal?: boolean;
  /** In px. */
  maxHeight?: number;
  margin?: Partial<Margin>;
  /** What it shows, read aloud. */
  label?: string;
}

/** In px. */
export type Margin = Record<"top" | "right" | "bottom" | "left", number>;

/** How marks look; colors are names of quantities or CSS colors. */
export interface Look {
  color?: string;
  width?: number;
  dash?: string | null;
  fill?: string;
  opacity?: number | null;
  /** Cut off at the edge of the area. */
  clip?: boolean;
  /** Below all that is there. */
  under?: boolean;
}
