// What every page begins with. Everything else comes when it is due or touched; pages work without any of it.

import "./touches.js";
import { wake } from "./elements.js";

wake(document);
