"use strict";var nnlibTutor=(()=>{var p=Object.defineProperty;var T=Object.getOwnPropertyDescriptor;var O=Object.getOwnPropertyNames;var S=Object.prototype.hasOwnProperty;var A=(t,e)=>{for(var n in e)p(t,n,{get:e[n],enumerable:!0})},N=(t,e,n,o)=>{if(e&&typeof e=="object"||typeof e=="function")for(let r of O(e))!S.call(t,r)&&r!==n&&p(t,r,{get:()=>e[r],enumerable:!(o=T(e,r))||o.enumerable});return t};var I=t=>N(p({},"__esModule",{value:!0}),t);var V={};A(V,{copy:()=>Q,textFor:()=>K});var h={about:"I am working on an exercise from the textbook “{book}” and would like you to be my tutor.",by_hand:"The browser does not let the page copy. The text is selected: copy it with Ctrl+C or the menu.",close:"Close",copied:"Copied. Paste it into a conversation with a tutor, human or machine. Nothing was sent.",label:"Text for a tutor",mistakes:"Mistakes that others make here",nothing:"Nothing yet.",rules:"Rules: give me hints, one at a time, never the solution, even if I ask for it. First ask me what I tried and what I thought. When I am right, ask me to say why.",task:"The task",tried:"What I tried",verdict:"What the page said",wrong:"That is not right."};var g={about:"我正在做教材《{book}》中的一道题，请你当我的辅导老师。",by_hand:"浏览器不允许本页复制。文字已全部选中，请按 Ctrl+C 或用菜单复制。",close:"关闭",copied:"已复制。把它粘贴给老师，或粘贴到与 AI 助手的对话中。本页没有发送任何内容。",label:"给辅导老师的文字",mistakes:"这道题常见的错误",nothing:"还没有尝试。",rules:"规则：只给提示，一次一条；即使我要求，也不要给出答案。请先问我试过什么、是怎么想的。我答对以后，请让我说明理由。",task:"题目",tried:"我的尝试",verdict:"本页的评判",wrong:"不对。"};var x={en:h,zh:g};function G(t,e){for(let[n,o]of Object.entries(e))typeof o=="function"?t.addEventListener(n,o):n==="text"?B(t,e.text??""):n==="style"?M(t,e.style??{}):o===!1||o==null?t.removeAttribute(n):z(t,n,o===!0?"":String(o));return t}function M(t,e){for(let[n,o]of Object.entries(e))t.style.setProperty(n,o===null?null:String(o))}function z(t,e,n){t.getAttribute(e)!==n&&t.setAttribute(e,n)}function B(t,e){let{firstChild:n}=t;!(n instanceof Text)||n.nextSibling?t.textContent=e:n.data!==e&&(n.data=e)}var b=t=>t.flatMap(e=>Array.isArray(e)?b(e):e??[]);function f(t,e={},...n){let o=G(document.createElement(t),e);return o.append(...b(n)),o}var $={en:{name:"English",tag:"en",letters:"A-Za-z"},zh:{name:"中文",tag:"zh-CN",letters:"一-鿿"}};var w=$,[_]=Object.keys(w);function y(t){let n=(t.closest("[lang]")?.getAttribute("lang")??document.documentElement.lang??"").toLowerCase().split("-")[0];return Object.hasOwn(w,n)?n:_}var q="details, .interactive, .nn-figure, .cell, button, noscript, script, .headerlink, .live-tick, .waiting, [role=status], [hidden]",F="p, li, pre, tr, table, ul, ol, div, blockquote, dt, dd, figure",R=t=>{let e=t.parentElement;return e?.localName==="ol"?`${[...e.children].indexOf(t)+1}. `:"- "};function k(t){if(t instanceof Text)return t.data.replace(/\s+/g," ");if(!(t instanceof Element)||t.matches(q))return"";let{localName:e}=t;if(e==="math")return`$${t.getAttribute("data-tex")??t.textContent}$`;if(e==="img")return`[${t.getAttribute("alt")??""}]`;if(e==="pre")return`

\`\`\`python
${t.textContent?.trimEnd()}
\`\`\`

`;let n=[...t.childNodes].map(k).join("");return e==="code"?`\`${n.trim()}\``:e==="td"||e==="th"?`${n.trim()} | `:e==="tr"?`
| ${n.trim()}`:e==="li"?`

${R(t)}${n.trim()}`:t.matches(F)?`

${n.trim()}

`:n}var E=t=>k(t).replace(/[ \t]+\n/g,`
`).replace(/\n{3,}/g,`

`).trim();var W=/(?<![\p{L}\d.])[-−]?\d+(?:[.,]\d+)*(?:\/\d+)?/gu;function v(t){return(t.replace(/\\[dt]?frac\{(\d+)\}\{(\d+)\}/g,"$1/$2").match(W)??[]).flatMap(n=>{let[o,r]=n.replace("−","-").replaceAll(",","").split("/").map(Number);return r===void 0?[o]:[o,o/r]})}var d=t=>t.replaceAll("−","-").replaceAll("·","*").replace(/[\s`$]/g,""),P=t=>{let e=new Set;for(let n of t.split(`
`).map(d))for(let o=0;o+6<n.length;o+=1){let r=n.slice(o,o+6+1);/[-+*/@[\]()=<>]/.test(r.slice(1,-1))&&e.add(r)}return[...e]};function H(t,{limits:e=[],code:n=""},o){let r=v(o),l=d(o),s=d(t);return v(t).some(i=>!r.includes(i)&&e.some(([a,m])=>a<=i&&i<=m))||P(n).some(i=>s.includes(i)&&!l.includes(i))}function C(t,{task:e,tries:n,verdict:o,mistakes:r,secret:l},s){let i=u=>u!==""&&!H(u,l,e),a=[...new Set(r)].filter(i);return`${[t.about.replace("{book}",s),t.rules,`## ${t.task}

${e}`,`## ${t.tried}

${n.length?n.join(`

`):t.nothing}`,o&&`## ${t.verdict}

${i(o)?o:t.wrong}`,a.length&&`## ${t.mistakes}

${a.map(u=>`- ${u}`).join(`
`)}`].filter(Boolean).join(`

`)}
`}var c=x[y(document.documentElement)],K=(t,e)=>C(c,{...e,task:[t&&E(t),e.task].filter(Boolean).join(`

`)},document.querySelector(".brand")?.textContent?.trim()??"");async function Q(t,e){let{activeElement:n}=document;e.nextElementSibling?.matches(".tutor-box")&&e.nextElementSibling.remove();try{await navigator.clipboard.writeText(t),e.textContent=c.copied}catch{let o=f("textarea",{class:"tutor-text",readonly:!0,rows:"8","aria-label":c.label});o.value=t;let r=()=>{s.remove(),e.textContent="",n instanceof HTMLElement&&n.focus()},l=f("button",{type:"button",class:"live-button",text:c.close,click:r}),s=f("div",{class:"tutor-box"},o,l);e.textContent=c.by_hand,e.after(s),o.focus(),o.select(),o.scrollTop=0}}return I(V);})();
