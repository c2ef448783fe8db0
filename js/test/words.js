// Words to be put into a text, from chance.
const WORDS = ["however", "the gradient", "some", "梯度", "，而且", "in this way,", "$w_1$", "because", "网络"];

export const words = (random) =>
  ` ${Array.from({ length: 1 + Math.floor(random() * 4) }, () => WORDS[Math.floor(random() * WORDS.length)]).join(" ")} `;
