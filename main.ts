import { buildApp } from "./modules/app";
import { loadSettings } from "./modules/settings/load";

buildApp(loadSettings()).synth();
