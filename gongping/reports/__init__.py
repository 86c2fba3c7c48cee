"""verdicts.json told to people and machines: HTML, Allure, JUnit, terminal."""
